using DistGan.Recipes;
using Microsoft.Win32.SafeHandles;

namespace DistGan.Training.Data.Storage;

/// <summary>Items that stay in files: read one by one, kept in memory by the operating system as far as it has room.</summary>
internal sealed class FileItems : ItemStore
{
    private readonly IReadOnlyList<string> _paths;
    private readonly SafeFileHandle[] _files;
    private readonly ItemLayout _layout;

    /// <param name="paths">The files, in order.</param>
    /// <param name="layout">Where the items lie in each.</param>
    /// <param name="isTemporary">Whether the files go when this is disposed.</param>
    public FileItems(IReadOnlyList<string> paths, ItemLayout layout, bool isTemporary = false)
    {
        (_paths, _layout) = (paths, layout);
        // Without share or options that a second opening of the same file would not allow.
        _files = [.. paths.Select(path => File.OpenHandle(path, options: isTemporary ? FileOptions.DeleteOnClose | FileOptions.RandomAccess : FileOptions.RandomAccess))];
    }

    public override void Read(long index, Span<byte> item)
    {
        var file = (int)(index / _layout.PerFile);
        var offset = _layout.Start + index % _layout.PerFile * _layout.Stride;
        for (var read = 0; read < item.Length;)
        {
            var count = RandomAccess.Read(_files[file], item[read..], offset + read);
            if (count == 0)
            {
                throw new DistGanException($"{_paths[file]} ends at byte {offset + read}, though it was longer when it was opened: leave data files alone while training.");
            }

            read += count;
        }
    }

    public override void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }
}
