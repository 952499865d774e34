namespace DistGan.Grains.Interfaces.Storage;

/// <summary>Names of the grain storage providers that grains ask for.</summary>
public static class GrainStorageNames
{
    /// <summary>Grain state in the object store.</summary>
    public const string Objects = "objects";
}
