using DistGan.Recipes;

namespace DistGan.Grains.Interfaces.Storage;

/// <summary>The object store could not read or write; nothing was half-written.</summary>
public sealed class ObjectStoreException : DistGanException
{
    public ObjectStoreException(string message)
        : base(message)
    {
    }

    public ObjectStoreException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public ObjectStoreException()
    {
    }
}
