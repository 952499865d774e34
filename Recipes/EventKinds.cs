namespace DistGan.Recipes;

/// <summary>Kinds of the lines of events.jsonl.</summary>
public static class EventKinds
{
    public const string Submitted = "submitted";
    public const string Opening = "opening";
    public const string Started = "started";
    public const string Resumed = "resumed";
    public const string Waiting = "waiting";
    public const string Scaled = "scaled";
    public const string Balanced = "balanced";
    public const string ReplicaLost = "replica-lost";
    public const string OwnerRefused = "owner-refused";
    public const string HandedBack = "handed-back";
    public const string Quarantined = "quarantined";
    public const string DataFetched = "data-fetched";
    public const string Snapshot = "snapshot";
    public const string Samples = "samples";
    public const string Evaluated = "evaluated";
    public const string Champion = "champion";
    public const string ReplayStale = "replay-stale";
    public const string ReplayRecovered = "replay-recovered";
    public const string ParametersStale = "parameters-stale";
    public const string ParametersRecovered = "parameters-recovered";
    public const string MergesStale = "merges-stale";
    public const string MergesRecovered = "merges-recovered";
    public const string Exploited = "exploited";
    public const string WorkStale = "work-stale";
    public const string WorkRecovered = "work-recovered";
    public const string FeedbackStale = "feedback-stale";
    public const string FeedbackRecovered = "feedback-recovered";
    public const string ReplicaEnded = "replica-ended";
    public const string Diverged = "diverged";
    public const string RolledBack = "rolled-back";
    public const string Diagnosis = "diagnosis";
    public const string Stopping = "stopping";
    public const string Pausing = "pausing";
    public const string Paused = "paused";
    public const string Warning = "warning";
    public const string Completed = "completed";
    public const string Interrupted = "interrupted";
    public const string Failed = "failed";
}
