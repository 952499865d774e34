namespace DistGan.Training.Links;

/// <summary>What a replica wants to replay in one round.</summary>
/// <param name="Draws">Batches: one a discriminator update of the round.</param>
/// <param name="ImagesPerDraw">Images in each batch.</param>
/// <param name="Grouped">Whether the images of a batch must come from one group (where D couples samples).</param>
/// <param name="Seed">Seed of the selection, so that the answer is a function of what is stored.</param>
public readonly record struct ReplayRequest(int Draws, int ImagesPerDraw, bool Grouped, long Seed);
