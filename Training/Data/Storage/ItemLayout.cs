namespace DistGan.Training.Data.Storage;

/// <summary>Where items lie in a file: item i at Start + i·Stride.</summary>
/// <param name="Start">Byte of the first item.</param>
/// <param name="Stride">Bytes from one item to the next.</param>
/// <param name="PerFile">Items in each file but the last.</param>
internal sealed record ItemLayout(long Start, int Stride, long PerFile);
