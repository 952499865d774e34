namespace DistGan.Recipes;

/// <summary>A failure that a person can act on: its message is one sentence that says what, where, expected, actual and what to do.</summary>
public class DistGanException : Exception
{
    public DistGanException(string message)
        : base(message)
    {
    }

    public DistGanException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public DistGanException()
    {
    }
}
