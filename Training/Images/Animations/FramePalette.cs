namespace DistGan.Training.Images.Animations;

/// <summary>
/// At most 256 colours for one picture, and the index of each pixel: grey levels and few colours exactly, otherwise median cut
/// (Heckbert 1982): the box of colours with the widest side is halved at its median until there are 256, and each gives its mean.
/// </summary>
internal sealed class FramePalette
{
    private const int Colours = 256;

    private FramePalette(byte[] table, byte[] indices) => (Table, Indices) = (table, indices);

    /// <summary>256 colours: red, green, blue each.</summary>
    public byte[] Table { get; }

    /// <summary>One a pixel, rows from the top.</summary>
    public byte[] Indices { get; }

    public static FramePalette Of(PixelGrid picture)
    {
        if (picture.Channels == 1)
        {
            return new FramePalette([.. Enumerable.Range(0, Colours * 3).Select(static i => (byte)(i / 3))], picture.Bytes);
        }

        var pixels = new int[picture.Width * picture.Height];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (picture.Bytes[i * 3] << 16) | (picture.Bytes[i * 3 + 1] << 8) | picture.Bytes[i * 3 + 2];
        }

        var counts = pixels.CountBy(static pixel => pixel).OrderBy(static pair => pair.Key).Select(static pair => (Colour: pair.Key, Count: pair.Value)).ToList();
        var boxes = Cut(counts);
        var index = new Dictionary<int, byte>(counts.Count);
        var table = new byte[Colours * 3];
        for (var i = 0; i < boxes.Count; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                var total = boxes[i].Sum(static entry => (long)entry.Count);
                table[i * 3 + channel] = (byte)((boxes[i].Sum(entry => (long)Part(entry.Colour, channel) * entry.Count) + total / 2) / total);
            }

            foreach (var (colour, _) in boxes[i])
            {
                index[colour] = (byte)i;
            }
        }

        return new FramePalette(table, [.. pixels.Select(pixel => index[pixel])]);
    }

    private static List<List<(int Colour, int Count)>> Cut(List<(int Colour, int Count)> colours)
    {
        if (colours.Count <= Colours)
        {
            return [.. colours.Select(static colour => new List<(int, int)> { colour })];
        }

        var boxes = new PriorityQueue<(List<(int Colour, int Count)> Box, int Channel), int>();
        Put(boxes, colours);
        while (boxes.Count < Colours)
        {
            var (box, channel) = boxes.Dequeue();
            box.Sort((left, right) => (Part(left.Colour, channel), left.Colour).CompareTo((Part(right.Colour, channel), right.Colour)));
            var middle = Median(box);
            Put(boxes, box[..middle]);
            Put(boxes, box[middle..]);
        }

        return [.. boxes.UnorderedItems.Select(static item => item.Element.Box)];
    }

    /// <summary>Where half of the pixels are on either side; both sides keep a colour.</summary>
    private static int Median(List<(int Colour, int Count)> box)
    {
        var (half, seen, at) = (box.Sum(static entry => (long)entry.Count) / 2, 0L, 0);
        while (at < box.Count - 1 && seen + box[at].Count <= half)
        {
            seen += box[at++].Count;
        }

        return Math.Max(1, at);
    }

    private static void Put(PriorityQueue<(List<(int Colour, int Count)> Box, int Channel), int> boxes, List<(int Colour, int Count)> box)
    {
        var (widest, width) = (0, -1);
        for (var channel = 0; channel < 3; channel++)
        {
            var range = box.Max(entry => Part(entry.Colour, channel)) - box.Min(entry => Part(entry.Colour, channel));
            if (range > width)
            {
                (widest, width) = (channel, range);
            }
        }

        boxes.Enqueue((box, widest), -width);
    }

    private static int Part(int colour, int channel) => (colour >> (16 - 8 * channel)) & 0xFF;
}
