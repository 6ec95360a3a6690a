//! The state of a parse: what is read, what waits for a head, which arcs there are.

use super::Relation;

/// What the parser can do next (the arc-hybrid system: Kuhlmann, Gómez-Rodríguez and Satta 2011).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Action {
    /// Put the next word on the stack.
    Shift,
    /// The next word becomes the head of the top of the stack.
    Left,
    /// The word below the top of the stack becomes the head of the top.
    Right,
}

impl Action {
    /// All actions, in the order of their numbers.
    pub const ALL: [Action; 3] = [Action::Shift, Action::Left, Action::Right];
}

/// A half-made tree over `count` words. The number `count` itself stands for the root, which is
/// the last thing in the row of words to come.
#[derive(Debug, Clone)]
pub struct State {
    count: usize,
    /// The next word that is to be read.
    pub next: usize,
    /// Words that wait for their head.
    pub stack: Vec<usize>,
    /// For each word its head, once it has one.
    pub heads: Vec<Option<usize>>,
    /// For each word its relation to its head.
    pub relations: Vec<Relation>,
    /// For each word (and the root) its children on the left, the outermost last.
    pub left: Vec<Vec<usize>>,
    /// For each word (and the root) its children on the right, the outermost last.
    pub right: Vec<Vec<usize>>,
}

impl State {
    /// The beginning of a parse.
    pub fn new(count: usize) -> Self {
        State {
            count,
            next: 0,
            stack: Vec::with_capacity(16),
            heads: vec![None; count],
            relations: vec![Relation::Other; count],
            left: vec![Vec::new(); count + 1],
            right: vec![Vec::new(); count + 1],
        }
    }

    /// Whether all words have heads.
    pub fn is_done(&self) -> bool {
        self.next == self.count && self.stack.is_empty()
    }

    /// The word at some depth of the stack.
    pub fn stacked(&self, depth: usize) -> Option<usize> {
        let at = self.stack.len().checked_sub(depth + 1)?;
        self.stack.get(at).copied()
    }

    /// Whether an action can be taken now.
    pub fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.next < self.count,
            Action::Left => !self.stack.is_empty(),
            Action::Right => self.stack.len() > 1,
        }
    }

    /// Head and dependent of the arc that an action would make.
    pub fn arc(&self, action: Action) -> Option<(usize, usize)> {
        let top = self.stacked(0)?;
        match action {
            Action::Shift => None,
            Action::Left => Some((self.next, top)),
            Action::Right => Some((self.stacked(1)?, top)),
        }
    }

    /// Takes an action; an arc gets the relation.
    pub fn take(&mut self, action: Action, relation: Relation) {
        if let Some((head, child)) = self.arc(action) {
            self.stack.pop();
            self.heads[child] = Some(head);
            self.relations[child] = relation;
            let side = if child < head {
                &mut self.left
            } else {
                &mut self.right
            };
            side[head].push(child);
        } else {
            self.stack.push(self.next);
            self.next += 1;
        }
    }
}
