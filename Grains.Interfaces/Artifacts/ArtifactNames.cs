namespace DistGan.Grains.Interfaces.Artifacts;

/// <summary>Names of files below a run folder, as strangers write them.</summary>
public static class ArtifactNames
{
    /// <summary>Whether it is a name as the store has them: nothing leads out of the folder.</summary>
    public static bool IsName(string name)
        => name.Split('/').All(static part => part is not ("" or "." or "..") && part.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-'));

    /// <summary>Whether names can begin so: empty, or a name, of which the last part may be missing.</summary>
    public static bool IsPrefix(string prefix) => prefix.Length == 0 || IsName(prefix.EndsWith('/') ? prefix[..^1] : prefix);
}
