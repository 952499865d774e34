namespace DistGan.Grains.Interfaces.Storage;

/// <summary>An object's content and the tag of that content.</summary>
public sealed record StoredObject(ReadOnlyMemory<byte> Content, string Tag);
