"""Keras by way of TensorFlow."""

import tensorflow as tf


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    hidden = []
    for _ in range(depth):
        hidden += [tf.keras.layers.Dense(width, tf.keras.activations.relu), tf.keras.layers.Dropout(dropout)]
    model = tf.keras.models.Sequential(
        [tf.keras.layers.Input(shape=(n_inputs,)), *hidden, tf.keras.layers.Dense(10, activation=tf.keras.activations.softmax)]
    )
    model.compile(
        optimizer=tf.keras.optimizers.Adam(learning_rate=learning_rate),
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=False),
        metrics=[tf.keras.metrics.SparseCategoricalAccuracy()],
    )
    return model
