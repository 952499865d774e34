namespace DistGan.Worker.Data;

/// <summary>An uploaded data set that was brought to this machine.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Files">Its files.</param>
/// <param name="Bytes">Bytes that came.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record FetchedData(string Name, int Files, long Bytes, TimeSpan Elapsed);
