namespace DistGan.Client.Runs.Contents;

/// <summary>One line of the event log.</summary>
public sealed record EventRow(long Sequence, DateTimeOffset? Time, string Kind, int? Replica, string Message);
