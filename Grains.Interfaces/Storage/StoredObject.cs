namespace DistGan.Grains.Interfaces.Storage;

/// <summary>An object's content and its tag: a text of the store's own making that changes when the content does.</summary>
public sealed record StoredObject(ReadOnlyMemory<byte> Content, string Tag);
