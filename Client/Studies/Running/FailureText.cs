namespace DistGan.Client.Studies.Running;

/// <summary>What a process that failed has written, and the one line of it that says why.</summary>
public static class FailureText
{
    private const string None = "it said nothing";
    private const string RecipeErrors = "nothing was started.";

    /// <summary>The first line that is neither a warning nor a hint; the first error of a recipe that was refused.</summary>
    public static string Reason(string text)
        => text.Split('\n').Select(static line => line.Trim()).FirstOrDefault(IsReason) ?? None;

    private static bool IsReason(string line)
        => line.Length > 0 && !line.StartsWith("warning:", StringComparison.Ordinal) && !line.StartsWith("details are in", StringComparison.Ordinal)
            && !line.EndsWith(RecipeErrors, StringComparison.Ordinal);
}
