//! Learns the parser's weights from treebanks, with a dynamic oracle: whatever state a parse has come
//! to, an action is right when it loses no more arcs of the gold tree (Goldberg and Nivre 2013).

use std::fs;
use std::path::Path;

use anyhow::Result;
use variorum_text::forms::Forms;
use variorum_text::parser::features::{Words, of_arc, of_state};
use variorum_text::parser::{self, ACTION_BITS, Action, RELATION_BITS, Relation, State, Tree};
use variorum_text::{Document, tagger};

use crate::conllu::{self, Sentence, column};
use crate::perceptron::{Perceptron, best, shuffled};

/// How many rounds there are; each reads all sentences twice.
const ROUNDS: u64 = 12;
/// From this round on the parser's own choice is taken, right or wrong.
const EXPLORES_FROM: u64 = 1;
const RELATIONS: usize = Relation::ALL.len();

/// A sentence with the tree over its tokens.
pub(crate) struct Example {
    pub(crate) text: String,
    pub(crate) tree: Tree,
}

/// Reads the treebanks and writes the weights of actions and of relations.
pub(crate) fn write(data: &Path, folder: &Path) -> Result<()> {
    let mut examples = Vec::new();
    for name in ["ewt-train", "gum-train"] {
        examples.extend(treebank(&data.join(format!("syntax/{name}.conllu.gz")))?);
    }
    let mut learner = Learner {
        actions: Perceptron::new(ACTION_BITS),
        relations: Perceptron::new(RELATION_BITS),
    };
    println!("{} sentences", examples.len());
    for round in 0..ROUNDS {
        for index in shuffled(2 * examples.len(), round) {
            let example = &examples[index % examples.len()];
            learner.read(example, round >= EXPLORES_FROM);
        }
        eprint!("\rround {} of {ROUNDS}", round + 1);
    }
    eprintln!();
    let (actions, relations) = (learner.actions.quantized(), learner.relations.quantized());
    fs::write(folder.join("arcs.bin"), &actions)?;
    fs::write(folder.join("relations.bin"), &relations)?;
    for name in ["ewt-dev", "gum-dev"] {
        let examples = treebank(&data.join(format!("syntax/{name}.conllu.gz")))?;
        let (heads, both, all) = score(&examples, &actions, &relations);
        let share = |right: usize| right as f64 / all.max(1) as f64;
        println!(
            "{name}: heads {:.4}, with relation {:.4} of {all} words",
            share(heads),
            share(both)
        );
    }
    Ok(())
}

struct Learner {
    actions: Perceptron<3>,
    relations: Perceptron<RELATIONS>,
}

impl Learner {
    fn read(&mut self, example: &Example, explores: bool) {
        let doc = Document::new(&example.text, None);
        let tokens = 0..doc.tokens.len();
        let forms = Forms::of(&doc);
        let tags = tagger::tags(&forms, tokens.clone());
        let words = Words::of(&forms, tokens, &tags);
        let gold = Gold::of(&example.tree);
        let mut state = State::new(words.count());
        let mut found = Vec::new();
        while !state.is_done() {
            of_state(&words, &state, &mut found);
            let sums = self.actions.sums(&found);
            let best_action = |right: bool| {
                Action::ALL
                    .into_iter()
                    .filter(|&action| state.allows(action))
                    .map(|action| (gold.cost(&state, action), action))
                    .fold(None, |best: Option<(usize, Action)>, (cost, action)| {
                        let better = |(other, than): (usize, Action)| {
                            let weighs = sums[action as usize] > sums[than as usize];
                            if right {
                                cost < other || cost == other && weighs
                            } else {
                                weighs
                            }
                        };
                        match best {
                            Some(best) if !better(best) => Some(best),
                            _ => Some((cost, action)),
                        }
                    })
            };
            let (Some((least, right)), Some((cost, guess))) =
                (best_action(true), best_action(false))
            else {
                break;
            };
            let learned = if cost > least { guess } else { right };
            self.actions.learn(&found, right as usize, learned as usize);
            let action = if explores { guess } else { right };
            let relation = match state.arc(action) {
                Some((head, child)) => self.relation(&words, &state, &gold, head, child),
                None => Relation::Other,
            };
            state.take(action, relation);
        }
    }

    fn relation(
        &mut self,
        words: &Words,
        state: &State,
        gold: &Gold<'_>,
        head: usize,
        child: usize,
    ) -> Relation {
        if head == words.count() {
            return Relation::Root;
        }
        let mut found = Vec::new();
        of_arc(words, state, head, child, &mut found);
        let sums = self.relations.sums(&found);
        let guess = best(&sums);
        if gold.head(child) == head {
            let right = gold.tree.relations[child] as usize;
            self.relations.learn(&found, right, guess);
        }
        Relation::ALL[guess]
    }
}

/// A gold tree, asked what an action would lose.
struct Gold<'a> {
    tree: &'a Tree,
    children: Vec<Vec<usize>>,
}

impl<'a> Gold<'a> {
    fn of(tree: &'a Tree) -> Self {
        let mut children = vec![Vec::new(); tree.heads.len() + 1];
        for (child, head) in tree.heads.iter().enumerate() {
            children[head.unwrap_or(tree.heads.len())].push(child);
        }
        Gold { tree, children }
    }

    fn head(&self, child: usize) -> usize {
        self.tree.heads[child].unwrap_or(self.tree.heads.len())
    }

    /// How many gold arcs can no longer be made after an action.
    fn cost(&self, state: &State, action: Action) -> usize {
        let next = state.next;
        let to_come = |at: usize| at >= next;
        let lost_children = |of: usize| {
            let children = self.children[of].iter();
            children.filter(|&&child| to_come(child)).count()
        };
        match (action, state.stacked(0)) {
            (Action::Left, Some(top)) => {
                let head = self.head(top);
                let lost = head > next || state.stacked(1) == Some(head);
                lost_children(top) + usize::from(lost)
            }
            (Action::Right, Some(top)) => lost_children(top) + usize::from(to_come(self.head(top))),
            (Action::Shift, _) => {
                let below = &state.stack[..state.stack.len().saturating_sub(1)];
                let children = self.children[next].iter();
                let lost = children.filter(|child| state.stack.contains(child)).count();
                lost + usize::from(below.contains(&self.head(next)))
            }
            _ => 0,
        }
    }
}

/// The sentences of a treebank in the CoNLL-U format, over our own tokens.
pub(crate) fn treebank(path: &Path) -> Result<Vec<Example>> {
    let content = crate::read_gzip(path)?;
    Ok(conllu::sentences(&content)
        .map(|sentence| over_tokens(&sentence))
        .collect())
}

/// The tree over our own tokens. A token of several words has the head of the one whose head lies outside;
/// a token inside a word hangs on the one before it.
fn over_tokens(sentence: &Sentence<'_>) -> Example {
    let words = &sentence.words;
    let doc = Document::new(sentence.text, None);
    let head = |word: usize| {
        let number: usize = words[word].columns[column::HEAD].parse().ok()?;
        number.checked_sub(1)
    };
    let token_of = |word: usize| {
        let start = words.get(word)?.bytes.start;
        doc.tokens
            .partition_point(|t| t.start <= start)
            .checked_sub(1)
    };
    let mut own = vec![Vec::new(); doc.tokens.len()];
    for word in 0..words.len() {
        if let Some(token) = token_of(word) {
            own[token].push(word);
        }
    }
    let mut tree = Tree {
        heads: Vec::new(),
        relations: Vec::new(),
    };
    for (token, own) in own.iter().enumerate() {
        let outside = |&&word: &&usize| head(word).is_none_or(|head| !own.contains(&head));
        let (head, relation) = match own.iter().find(outside).or(own.first()) {
            Some(&word) => (
                head(word).and_then(token_of),
                Relation::from_universal(words[word].columns[column::RELATION]),
            ),
            None => (token.checked_sub(1), Relation::Compound),
        };
        tree.heads.push(head.filter(|&head| head != token));
        tree.relations.push(relation);
    }
    Example {
        text: sentence.text.to_owned(),
        tree,
    }
}

/// Right heads, right heads with right relations, and all, punctuation left out.
fn score(examples: &[Example], actions: &[u8], relations: &[u8]) -> (usize, usize, usize) {
    let (mut heads, mut both, mut all) = (0, 0, 0);
    for example in examples {
        let doc = Document::new(&example.text, None);
        let tokens = 0..doc.tokens.len();
        let forms = Forms::of(&doc);
        let tags = tagger::tags(&forms, tokens.clone());
        let found = parser::parse_with(actions, relations, &forms, tokens, &tags);
        let gold = &example.tree;
        for at in 0..gold.heads.len() {
            if gold.relations[at] == Relation::Punctuation {
                continue;
            }
            all += 1;
            let right = gold.heads[at] == found.heads[at];
            heads += usize::from(right);
            both += usize::from(right && gold.relations[at] == found.relations[at]);
        }
    }
    (heads, both, all)
}
