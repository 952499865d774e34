using DistGan.Client.CommandLine;
using DistGan.Client.Runs.Contents;
using DistGan.Grains.Interfaces;

namespace DistGan.Client.Runs.Catalog;

/// <summary>Run folders on this machine.</summary>
/// <param name="folder">Absolute path of the folder whose folders are runs.</param>
/// <param name="currentDirectory">What relative paths are relative to.</param>
public sealed class LocalRuns(string folder, string currentDirectory) : IRunCatalog
{
    private const int LastEvents = 8;

    public Task<IReadOnlyList<RunFacts>> ListAsync(CancellationToken cancellationToken)
    {
        var runs = Directory.Exists(folder) ? Folders().Where(RunFolder.HoldsRun) : [];
        return Task.FromResult<IReadOnlyList<RunFacts>>([.. runs.Select(RunFactsReader.Read).OrderByDescending(static run => run.Updated).ThenBy(static run => run.Place, StringComparer.Ordinal)]);
    }

    public Task<RunDescription> DescribeAsync(string run, CancellationToken cancellationToken)
    {
        var path = RunFolder.Existing(run, currentDirectory);
        return Task.FromResult(new RunDescription
        {
            Facts = RunFactsReader.Read(path),
            Recipe = RunContents.RecipeOf(path),
            Snapshots = [.. SnapshotFolders.Replicas(path).Select(replica => (replica, SnapshotFolders.StepsOf(path, replica))).Where(static entry => entry.Item2.Count > 0)],
            Samples = [.. SampleFiles.All(path).Select(static sample => sample.Step)],
            Files = FilesOf(path),
            Events = [.. RunContents.Parse(JsonLines.Tail(Path.Combine(path, RunFiles.Events))).TakeLast(LastEvents)],
            Machine = MachineFacts.Read(path),
        });
    }

    public Task<string?> RefusalAsync(string run, CancellationToken cancellationToken)
        => Task.FromResult(RunRemoval.Refusal(RunFolder.Existing(run, currentDirectory), currentDirectory));

    public Task DeleteAsync(string run, CancellationToken cancellationToken)
    {
        RunRemoval.Remove(RunFolder.Existing(run, currentDirectory), currentDirectory);
        return Task.CompletedTask;
    }

    private string[] Folders()
    {
        try
        {
            return Directory.GetDirectories(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Refused, $"The folder '{folder}' cannot be read ({exception.Message.TrimEnd('.')}); name another one with --runs.", exception);
        }
    }

    private static IReadOnlyList<(string Name, long Bytes)> FilesOf(string path)
        => [.. new DirectoryInfo(path).EnumerateFileSystemInfos()
            .Where(static entry => !entry.Name.StartsWith('.'))
            .OrderBy(static entry => entry.Name, StringComparer.Ordinal)
            .Select(static entry => entry is FileInfo file ? (file.Name, file.Length) : ($"{entry.Name}/", FolderSize.Of(entry.FullName)))];
}
