using System.Globalization;
using DistGan.Client.Display;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;
using DistGan.Training.Images;

namespace DistGan.Client.TensorBoard;

/// <summary>
/// Passes everything on to another display, and writes every report and sample picture into TensorBoard event files under
/// RUN_DIR/tensorboard; several replicas have a folder each. When it cannot write it says so once and training goes on.
/// </summary>
public sealed class TensorBoardDisplay(IJobDisplay inner, JobFacts facts, string runFolder, TimeProvider time) : IJobDisplay
{
    /// <summary>The folder, relative to that of the run.</summary>
    public const string FolderName = "tensorboard";

    private const string SamplesTag = "samples";

    private readonly Dictionary<int, RecordFile> _files = [];
    private bool _isOff;

    public void Show(JobProgress progress)
    {
        inner.Show(progress);
        if (_isOff)
        {
            return;
        }

        try
        {
            Write(progress);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DistGanException)
        {
            _isOff = true;
            inner.Say($"warning: TensorBoard's files end here, they cannot be written ({exception.Message.TrimEnd('.')}); training goes on.");
        }
    }

    public void Say(string message) => inner.Say(message);

    public ValueTask DisposeAsync()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }

        return inner.DisposeAsync();
    }

    private void Write(JobProgress progress)
    {
        foreach (var report in progress.Reports.Where(static report => report.Values.Count > 0))
        {
            var now = time.GetUtcNow();
            FileOf(report.Replica, report.Step, now).Write(EventMessage.Scalars(now, report.Step, report.Values));
        }

        foreach (var entry in progress.Events)
        {
            if (entry is { Kind: EventKinds.Samples, File: { } file } && entry.Data.TryGetValue("step", out var step))
            {
                WritePicture(entry.Replica ?? 0, (long)step, Path.Combine(runFolder, file));
            }
        }
    }

    private void WritePicture(int replica, long step, string path)
    {
        var (png, now) = (File.ReadAllBytes(path), time.GetUtcNow());
        var (width, height, channels) = PngReader.ReadSize(png, path);
        FileOf(replica, step, now).Write(EventMessage.Image(now, step, SamplesTag, png, width, height, channels));
    }

    /// <summary>The file of a replica; a new one says from which step on it is what counts.</summary>
    private RecordFile FileOf(int replica, long step, DateTimeOffset now)
    {
        if (_files.TryGetValue(replica, out var known))
        {
            return known;
        }

        var folder = Path.Combine(runFolder, FolderName, facts.Replicas > 1 ? $"r{replica}" : "");
        Directory.CreateDirectory(folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{now.ToUnixTimeSeconds():D10}.distgan.{Environment.ProcessId}");
        var file = _files[replica] = new RecordFile(Path.Combine(folder, name));
        file.Write(EventMessage.Version(now));
        file.Write(EventMessage.Start(now, step));
        return file;
    }
}
