namespace DistGan.Recipes;

/// <summary>Messages of exceptions inside of sentences.</summary>
public static class ExceptionLines
{
    /// <summary>The first line of its message: Orleans appends the trace of what was behind it.</summary>
    public static string FirstLine(this Exception exception) => exception.Message.Split('\n', 2)[0].Trim();
}
