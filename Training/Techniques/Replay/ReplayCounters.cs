namespace DistGan.Training.Techniques.Replay;

/// <summary>What experience replay counts within a round.</summary>
/// <param name="Cursor">Batches used of the draws at hand.</param>
/// <param name="AgeTotal">Steps since they were made, summed over images shown.</param>
/// <param name="Aged">Images shown.</param>
/// <param name="FromOthers">Images shown that another replica made.</param>
internal readonly record struct ReplayCounters(long Cursor, double AgeTotal, long Aged, long FromOthers);
