using DistGan.Grains.Interfaces.Replay;
using DistGan.Training.Links;

namespace DistGan.Worker.Links;

/// <summary>Cuts a round's images into messages of whole groups.</summary>
internal static class ReplayParts
{
    /// <summary>At least one part; none but a part of a single group is larger than <paramref name="maxBytes"/>.</summary>
    public static IReadOnlyList<ReplayChunk> Split(ReplayOffer offer, int replica, int maxBytes)
    {
        var total = offer.Groups.Sum(group => (long)group.Count);
        var itemBytes = total == 0 ? 0 : checked((int)(offer.Length / total));
        var parts = new List<ReplayChunk>();
        var headers = new List<ReplayGroupHeader>();
        int start = 0, end = 0;
        foreach (var group in offer.Groups)
        {
            var bytes = group.Count * itemBytes;
            if (headers.Count > 0 && end - start + bytes > maxBytes)
            {
                parts.Add(new ReplayChunk { Groups = [.. headers], Images = offer.Images[start..end] });
                headers.Clear();
                start = end;
            }

            headers.Add(new ReplayGroupHeader(replica, group.Step, group.Count));
            end += bytes;
        }

        parts.Add(new ReplayChunk { Groups = [.. headers], Images = offer.Images[start..end] });
        return parts;
    }
}
