namespace DistGan.Bench.Jobs;

/// <summary>A report of a training: where it stood, when, and with which loss.</summary>
internal readonly record struct Mark(long Step, double Seconds, double Loss, int Replica = 0)
{
    /// <summary>Steps a second from the first report, when everything is warm, to the last.</summary>
    public static double Rate(IReadOnlyList<Mark> marks) => (marks[^1].Step - marks[0].Step) / (marks[^1].Seconds - marks[0].Seconds);
}
