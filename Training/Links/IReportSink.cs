namespace DistGan.Training.Links;

/// <summary>Where a replica's reports go, once a round. Never waits.</summary>
public interface IReportSink
{
    void Report(RoundReport report);
}
