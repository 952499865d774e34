using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Display;

/// <summary>Shows nothing but what the console itself has to say.</summary>
public sealed class QuietDisplay(TextWriter error) : IJobDisplay
{
    public void Show(JobProgress progress)
    {
    }

    public void Say(string message) => error.WriteLine(message);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
