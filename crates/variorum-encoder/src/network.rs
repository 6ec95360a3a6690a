//! Runs the transformer: pieces to vectors.

use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, ValueView};

use crate::EncoderError;

/// Numbers of a vector.
pub(crate) const WIDTH: usize = 384;

/// The transformer with its weights.
pub(crate) struct Network {
    model: Model,
    ids: NodeId,
    places: NodeId,
    vectors: NodeId,
}

thread_local! {
    /// Documents are read side by side, each by one thread.
    static ONE_THREAD: Arc<ThreadPool> = Arc::new(ThreadPool::with_num_threads(1));
}

impl Network {
    /// Reads the weights, as ONNX.
    pub(crate) fn load(weights: Weights) -> Result<Self, EncoderError> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = match weights {
            Weights::Built(bytes) => options.load_static_slice(bytes),
            Weights::Read(bytes) => options.load(bytes),
        };
        let model = model.map_err(|e| EncoderError::Network(e.to_string()))?;
        let node = |name: &str| {
            let found = model.find_node(name);
            found.ok_or_else(|| EncoderError::Network(format!("no node {name}")))
        };
        let vectors = model.output_ids().first().copied();
        Ok(Network {
            ids: node("ids")?,
            places: node("places_of")?,
            vectors: vectors.ok_or_else(|| EncoderError::Network("no output".into()))?,
            model,
        })
    }

    /// The vectors of some pieces, one after the other. At most 512 pieces.
    pub(crate) fn vectors(&self, pieces: &[i32]) -> Result<Vec<f32>, EncoderError> {
        let places: Vec<i32> = (0..).take(pieces.len()).collect();
        let shape = [1, pieces.len()];
        let failed = |e: String| EncoderError::Network(e);
        let of = |values| ValueView::from_shape(shape, values).map_err(|e| failed(e.to_string()));
        let inputs = vec![
            (self.ids, of(pieces)?.into()),
            (self.places, of(&places)?.into()),
        ];
        let pool = ONE_THREAD.with(Arc::clone);
        let options = RunOptions::default().with_thread_pool(Some(pool));
        let [vectors] = self
            .model
            .run_n(inputs, [self.vectors], Some(options))
            .map_err(|e| failed(e.to_string()))?;
        let (_, vectors) = vectors
            .into_shape_vec::<f32, 3>()
            .map_err(|e| failed(format!("{e:?}")))?;
        Ok(vectors)
    }
}

/// Where weights come from.
pub(crate) enum Weights {
    /// Out of the program.
    Built(&'static [u8]),
    /// Out of a file.
    Read(Vec<u8>),
}
