//! What a word is to its head.

/// Kinds of dependency, after Universal Dependencies; rare ones are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Relation {
    /// The word that all others hang on.
    Root,
    /// Subject: "the *minister* said".
    Subject,
    /// Subject of a passive: "the *minister* was told".
    SubjectPassive,
    /// A clause as subject.
    ClausalSubject,
    /// Object, direct or indirect.
    Object,
    /// A clause with its own subject as object: "said he *left*".
    Complement,
    /// A clause without one: "refused to *leave*".
    OpenComplement,
    /// Adverbial clause: "if he *leaves*".
    AdverbialClause,
    /// Clause at a noun: "the plan to *leave*".
    NounClause,
    /// Relative clause: "who *left*".
    RelativeClause,
    /// A clause beside another.
    Parataxis,
    /// "Lavrov, the *minister*".
    Apposition,
    /// What "and" joins to the first.
    Conjunct,
    /// "and", "but".
    Coordinator,
    /// "that", "if", "to" before a clause.
    Marker,
    /// Preposition, or "'s".
    Case,
    /// Article.
    Determiner,
    /// Adjective at a noun.
    AdjectiveModifier,
    /// Part of a compound or a name.
    Compound,
    /// "the *minister's* words".
    Possessor,
    /// Noun with a preposition at a noun.
    NounModifier,
    /// Noun with a preposition at a verb.
    Oblique,
    /// Adverb.
    Adverb,
    /// "has", "will", "was".
    Auxiliary,
    /// "is" before what it says of its subject.
    Copula,
    /// Number at a noun.
    Number,
    /// Mark of punctuation.
    Punctuation,
    /// Anything else.
    Other,
}

impl Relation {
    /// All relations, in the order of their numbers.
    pub const ALL: [Relation; 28] = [
        Relation::Root,
        Relation::Subject,
        Relation::SubjectPassive,
        Relation::ClausalSubject,
        Relation::Object,
        Relation::Complement,
        Relation::OpenComplement,
        Relation::AdverbialClause,
        Relation::NounClause,
        Relation::RelativeClause,
        Relation::Parataxis,
        Relation::Apposition,
        Relation::Conjunct,
        Relation::Coordinator,
        Relation::Marker,
        Relation::Case,
        Relation::Determiner,
        Relation::AdjectiveModifier,
        Relation::Compound,
        Relation::Possessor,
        Relation::NounModifier,
        Relation::Oblique,
        Relation::Adverb,
        Relation::Auxiliary,
        Relation::Copula,
        Relation::Number,
        Relation::Punctuation,
        Relation::Other,
    ];

    /// The relation that stands for one of Universal Dependencies.
    pub fn from_universal(name: &str) -> Relation {
        match name {
            "nsubj:pass" => return Relation::SubjectPassive,
            "nmod:poss" => return Relation::Possessor,
            "acl:relcl" => return Relation::RelativeClause,
            _ => {}
        }
        match name.split(':').next().unwrap_or_default() {
            "root" => Relation::Root,
            "nsubj" => Relation::Subject,
            "csubj" => Relation::ClausalSubject,
            "obj" | "iobj" => Relation::Object,
            "ccomp" => Relation::Complement,
            "xcomp" => Relation::OpenComplement,
            "advcl" => Relation::AdverbialClause,
            "acl" => Relation::NounClause,
            "parataxis" => Relation::Parataxis,
            "appos" => Relation::Apposition,
            "conj" => Relation::Conjunct,
            "cc" => Relation::Coordinator,
            "mark" => Relation::Marker,
            "case" => Relation::Case,
            "det" => Relation::Determiner,
            "amod" => Relation::AdjectiveModifier,
            "compound" | "flat" | "fixed" | "goeswith" => Relation::Compound,
            "nmod" => Relation::NounModifier,
            "obl" => Relation::Oblique,
            "advmod" => Relation::Adverb,
            "aux" => Relation::Auxiliary,
            "cop" => Relation::Copula,
            "nummod" => Relation::Number,
            "punct" => Relation::Punctuation,
            _ => Relation::Other,
        }
    }

    /// Whether it is a subject of any kind.
    pub fn is_subject(self) -> bool {
        matches!(
            self,
            Relation::Subject | Relation::SubjectPassive | Relation::ClausalSubject
        )
    }
}
