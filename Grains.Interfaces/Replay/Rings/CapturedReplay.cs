namespace DistGan.Grains.Interfaces.Replay.Rings;

/// <summary>A frozen view of a ring, cut into chunks of whole groups of about 1 MiB, each at least one group.</summary>
public sealed class CapturedReplay
{
    /// <summary>Bytes up to which groups are put together.</summary>
    public const int ChunkBytes = 1 << 20;

    private readonly StoredGroup[] _groups;
    private readonly List<Range> _chunks = [];

    public CapturedReplay(StoredGroup[] groups)
    {
        _groups = groups;
        for (var start = 0; start < groups.Length;)
        {
            var end = start + 1;
            long bytes = groups[start].Images.Length;
            while (end < groups.Length && bytes + groups[end].Images.Length <= ChunkBytes)
            {
                bytes += groups[end++].Images.Length;
            }

            _chunks.Add(start..end);
            start = end;
        }
    }

    public int Chunks => _chunks.Count;

    /// <summary>A chunk's groups, or null outside [0, Chunks).</summary>
    public ReplayChunk? Read(int index)
    {
        if (index < 0 || index >= _chunks.Count)
        {
            return null;
        }

        var groups = _groups.AsSpan(_chunks[index]);
        var headers = new ReplayGroupHeader[groups.Length];
        var images = new byte[Bytes(groups)];
        var offset = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            headers[i] = new ReplayGroupHeader(groups[i].Replica, groups[i].Step, groups[i].Count);
            groups[i].Images.Span.CopyTo(images.AsSpan(offset));
            offset += groups[i].Images.Length;
        }

        return new ReplayChunk { Groups = headers, Images = images };
    }

    private static int Bytes(ReadOnlySpan<StoredGroup> groups)
    {
        var bytes = 0;
        foreach (var group in groups)
        {
            bytes += group.Images.Length;
        }

        return bytes;
    }
}
