using System.CommandLine;

namespace DistGan.Client.CommandLine;

/// <summary>Refuses a file name whose extension says something else than what is written.</summary>
internal static class OutputExtension
{
    /// <param name="option">Names the file.</param>
    /// <param name="extensions">Those that are right, with the dot; the first is the one to recommend.</param>
    public static void Require<T>(Option<T> option, params string[] extensions)
        where T : class?
        => option.Validators.Add(result =>
        {
            if (result.ReadableValue<string?>() is { } path && !extensions.Contains(Path.GetExtension(path).ToLowerInvariant()))
            {
                result.AddError($"--out {path}: the extension must be {extensions[0]}; name such a file.");
            }
        });
}
