using DistGan.Recipes;

namespace DistGan.Training.Data.Sources;

/// <summary>Finds the files of a data set on this machine: in the user's data folder, then in those of the system.</summary>
public static class DataLookup
{
    private const string Gzip = ".gz";

    /// <summary>The folder that holds everything that training reads of a set, or null.</summary>
    public static string? Find(DataSetCard card, DataPlaces places)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (card.MadeOf is { } part)
        {
            return Find(DataSetCards.Find(part)!, places);
        }

        return Folders(card.Name, places).FirstOrDefault(folder => card.Files.SelectMany(static file => file.Used).All(name => FileIn(folder, name) is not null));
    }

    /// <summary>The folder of a set that must be there.</summary>
    /// <exception cref="MachineException">It is not; the message says how to get it.</exception>
    public static string Require(DataSetCard card, DataPlaces places)
        => Find(card, places) ?? throw new MachineException($"The files of {card.Name} are not on this machine: run 'distgan data get {card.Name}'{Otherwise(card, places)}.");

    /// <summary>A file by its name, with or without .gz at the end; null where neither is there.</summary>
    public static string? FileIn(string folder, string name)
    {
        var plain = Path.Combine(folder, name.EndsWith(Gzip, StringComparison.Ordinal) ? name[..^Gzip.Length] : name);
        return File.Exists(plain) ? plain : File.Exists(plain + Gzip) ? plain + Gzip : null;
    }

    /// <summary>The ways to get a set by hand, as the end of a sentence.</summary>
    public static string Otherwise(DataSetCard card, DataPlaces places)
    {
        ArgumentNullException.ThrowIfNull(card);
        var package = card.Package is null ? "" : $", or 'apt-get install {card.Package}'";
        var files = card.Files.Select(file => $"{file.Addresses[0]} ({file.Bytes} bytes{(file.Unpacks.Count > 0 ? ", unpacked" : "")})");
        return $"{package}, or put {string.Join(" and ", files)} into {FolderFor(card, places)}";
    }

    /// <summary>Where a set is kept once it was got.</summary>
    public static string FolderFor(DataSetCard card, DataPlaces places) => Path.Combine(places.Cache, card.Name);

    /// <summary>An unpacked archive may have brought a folder of its own.</summary>
    private static IEnumerable<string> Folders(string name, DataPlaces places)
        => (places.First is { } first ? [first, places.Cache] : new[] { places.Cache }).Concat(places.System)
            .Select(root => Path.Combine(root, name))
            .Where(Directory.Exists)
            .SelectMany(static folder => Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Prepend(folder));
}
