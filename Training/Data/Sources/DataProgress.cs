namespace DistGan.Training.Data.Sources;

/// <summary>How far the opening of a data set has come.</summary>
/// <param name="What">What is being done, such as "decoding images".</param>
/// <param name="Done">Items done.</param>
/// <param name="Total">Items in all.</param>
public readonly record struct DataProgress(string What, long Done, long Total);
