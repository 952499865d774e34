using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Display;

/// <summary>Shows a job while it runs.</summary>
public interface IJobDisplay : IAsyncDisposable
{
    /// <summary>Takes what is new; returns at once.</summary>
    void Show(JobProgress progress);

    /// <summary>A sentence of the console itself.</summary>
    void Say(string message);
}
