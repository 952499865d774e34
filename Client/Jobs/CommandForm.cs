namespace DistGan.Client.Jobs;

/// <summary>How to call this console again, in the form in which it was started.</summary>
public static class CommandForm
{
    private const string Name = "distgan";

    /// <summary>A command line that works in the current directory.</summary>
    public static string Of(params IEnumerable<string> arguments)
        => Of(AppContext.BaseDirectory, Environment.ProcessPath, Environment.CurrentDirectory, arguments, Environment.GetEnvironmentVariable("PATH"));

    /// <summary>The same for any place of the program.</summary>
    /// <param name="baseDirectory">Where the assemblies lie; .../Client/bin/Release/net10.0 is a checkout.</param>
    /// <param name="processPath">The executable: the console itself, or dotnet.</param>
    /// <param name="currentDirectory">Where the command will be typed.</param>
    /// <param name="arguments">Arguments of the console.</param>
    /// <param name="searched">The folders in which a shell looks for programs, as in PATH.</param>
    public static string Of(string baseDirectory, string? processPath, string currentDirectory, IEnumerable<string> arguments, string? searched = null)
        => $"{Program(baseDirectory.TrimEnd('/', '\\'), processPath, currentDirectory, searched)} {string.Join(' ', arguments.Select(Quote))}";

    /// <summary>A path as a person would type it: relative where it lies below the current directory.</summary>
    public static string PathOf(string path, string currentDirectory)
    {
        var relative = Path.GetRelativePath(currentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? Path.GetFullPath(path) : relative;
    }

    /// <summary>The program of this process and the arguments with which it starts, to start it once more.</summary>
    public static (string Program, IReadOnlyList<string> Arguments) Own()
    {
        var process = Environment.ProcessPath ?? "dotnet";
        var isDotnet = string.Equals(Path.GetFileNameWithoutExtension(process), "dotnet", StringComparison.OrdinalIgnoreCase);
        return (process, isDotnet ? [Path.Combine(AppContext.BaseDirectory, "distgan.dll")] : []);
    }

    private static string Program(string baseDirectory, string? processPath, string currentDirectory, string? searched)
    {
        if (IsFound(processPath, searched))
        {
            return Name;
        }

        var configuration = Path.GetDirectoryName(baseDirectory) ?? "";
        var bin = Path.GetDirectoryName(configuration) ?? "";
        var project = Path.GetDirectoryName(bin) ?? "";
        if (string.Equals(Path.GetFileName(bin), "bin", StringComparison.Ordinal) && File.Exists(Path.Combine(project, "Client.csproj")))
        {
            return $"dotnet run -c {Path.GetFileName(configuration)} --project {Quote(PathOf(project, currentDirectory))} --";
        }

        var isDotnet = string.Equals(Path.GetFileNameWithoutExtension(processPath), "dotnet", StringComparison.OrdinalIgnoreCase);
        return isDotnet ? $"dotnet {Quote(Path.Combine(baseDirectory, "distgan.dll"))}" : Name;
    }

    /// <summary>Whether a shell that is given the name alone finds this very program, perhaps through a link.</summary>
    private static bool IsFound(string? processPath, string? searched)
        => processPath is not null
            && (searched ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(static folder => new FileInfo(Path.Combine(folder, Name)))
                .FirstOrDefault(static file => file.Exists) is { } first
            && string.Equals((first.ResolveLinkTarget(returnFinalTarget: true) ?? first).FullName, Path.GetFullPath(processPath), StringComparison.Ordinal);

    private static string Quote(string argument)
        => argument.Length > 0 && argument.All(static c => char.IsAsciiLetterOrDigit(c) || "-_./=:,+@%".Contains(c))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
