using DistGan.Recipes;

namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>There is no job of that id.</summary>
public sealed class UnknownJobException : DistGanException
{
    public UnknownJobException(string message)
        : base(message)
    {
    }

    public UnknownJobException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public UnknownJobException()
    {
    }
}
