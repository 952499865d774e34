using DistGan.Architecture.Tests.Sources;

namespace DistGan.Architecture.Tests.Documents;

/// <summary>Links and pictures of the pages, and the index of the docs.</summary>
public sealed class LinkTests
{
    private const string Index = "docs/README.md";
    private const string Techniques = "docs/techniques/";
    private const string Pictures = "docs/images/techniques/";
    private const long MostBytesOfAPicture = 40_000;
    private const long MostBytesOfAllPictures = 1_200_000;

    /// <summary>Folders that the index names as a whole: what is in them has names that say what it is.</summary>
    private static readonly string[] NamedWhole = ["docs/decisions"];

    [Fact]
    public void Link_OfAPage_LeadsToAFileAndAHeading()
        => Offenders.None(
            "A link or a picture of a page leads to a file of the repository, and to a heading that is there:",
            from page in Page.All
            from link in page.Links
            let fault = FaultOf(page, link.Target)
            where fault is not null
            select $"{page.File}:{link.Line} {link.Target}: {fault}");

    [Fact]
    public void Page_OfTheDocs_IsInTheIndex()
    {
        var index = Page.Find(Index) ?? throw new FileNotFoundException($"There is no {Index}, which lists every page of the docs.");
        var listed = index.Links.Select(link => index.Resolve(PathOf(link.Target))).ToHashSet(StringComparer.Ordinal);

        Assert.All(NamedWhole, folder => Assert.Contains(folder, listed));
        Offenders.None(
            $"Every page of the docs has a link in {Index}:",
            from page in Page.All
            where page.File.StartsWith("docs/", StringComparison.Ordinal) && page.File != Index && !NamedWhole.Contains(page.Folder) && !listed.Contains(page.File)
            select page.File);
    }

    [Fact]
    public void Page_OfATechnique_ShowsAPicture()
        => Offenders.None(
            $"A page of a technique shows what it does in a picture of {Pictures}:",
            from page in Page.All
            where page.File.StartsWith(Techniques, StringComparison.Ordinal)
                && !page.Links.Any(link => page.Resolve(PathOf(link.Target))?.StartsWith(Pictures, StringComparison.Ordinal) is true)
            select page.File);

    [Fact]
    public void Pictures_OfTheTechniques_AreSmallAndShown()
    {
        var pictures = Repository.Files.Where(static file => file.StartsWith(Pictures, StringComparison.Ordinal))
            .Select(static file => (File: file, Bytes: new FileInfo(Path.Combine(Repository.Root, file)).Length)).ToList();
        var shown = Page.All.SelectMany(static page => page.Links.Select(link => page.Resolve(PathOf(link.Target)))).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(pictures);
        Assert.All(pictures, static picture => Assert.True(picture.Bytes <= MostBytesOfAPicture, $"{picture.File} has {picture.Bytes} bytes, expected at most {MostBytesOfAPicture}."));
        Assert.InRange(pictures.Sum(static picture => picture.Bytes), 1, MostBytesOfAllPictures);
        Assert.All(pictures, picture => Assert.Contains(picture.File, shown));
    }

    private static string PathOf(string target) => target.Split('#')[0];

    private static string? FaultOf(Page page, string target)
    {
        var parts = target.Split('#', 2);
        var file = parts[0].Length == 0 ? page.File : page.Resolve(parts[0]);
        if (file is null)
        {
            return "it leads out of the repository";
        }

        if (!Repository.Files.Contains(file) && !Repository.Files.Any(other => other.StartsWith($"{file}/", StringComparison.Ordinal)))
        {
            return $"there is no {file}";
        }

        return parts.Length == 1 || Page.Find(file)?.Anchors.Contains(parts[1]) is not false ? null : $"{file} has no heading of this name";
    }
}
