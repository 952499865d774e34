using System.Diagnostics;

namespace DistGan.Architecture.Tests;

/// <summary>The files of the repository, found from where the tests run.</summary>
internal static class Repository
{
    private static readonly string[] Skipped = [".git", "bin", "obj", "runs", "TestResults", "artifacts", "BenchmarkDotNet.Artifacts", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with forward slashes; build outputs and other ignored folders left out.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Sources => Files.Where(static file => file.EndsWith(".cs", StringComparison.Ordinal));

    public static IEnumerable<string> Projects => Files.Where(static file => file.EndsWith(".csproj", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DistGan.sln")))
            {
                return folder.FullName;
            }
        }

        throw new UnreachableException($"There is no DistGan.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        foreach (var child in Directory.EnumerateDirectories(folder).Where(static child => !IsSkipped(Path.GetFileName(child))))
        {
            foreach (var file in Walk(child))
            {
                yield return file;
            }
        }
    }

    private static bool IsSkipped(string name) => Skipped.Contains(name) || name.StartsWith("obj-", StringComparison.Ordinal);
}
