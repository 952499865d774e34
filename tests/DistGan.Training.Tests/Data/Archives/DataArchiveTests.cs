using System.Formats.Tar;
using System.Text;
using DistGan.Recipes;
using DistGan.Training.Data.Archives;

namespace DistGan.Training.Tests.Data.Archives;

public sealed class DataArchiveTests : IDisposable
{
    private const int PartBytes = 1000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cut_FilesAndJoined_AreTheSameFiles()
    {
        var entries = new[] { Entry("folder/photos/a.png", 10), Entry("folder/photos/" + new string('x', 140) + "/ü € 1.png", 2500), Entry("folder/photos/none.png", 0) };

        var parts = await CutAsync(entries);
        var target = Path.Combine(_folder.Path, "out");
        await ArchiveParts.JoinAsync(parts.ToAsyncEnumerable(), PartBytes, target, CancellationToken.None);

        Assert.All(parts.SkipLast(1), static part => Assert.Equal(PartBytes, part.Length));
        Assert.InRange(parts[^1].Length, 1, PartBytes);
        Assert.Equal(entries.Length, Directory.GetFiles(target, "*", SearchOption.AllDirectories).Length);
        Assert.All(entries, entry => Assert.Equal(File.ReadAllBytes(entry.Path), File.ReadAllBytes(Path.Combine(target, entry.Name))));
    }

    [Fact]
    public async Task Cut_TheSameContentElsewhereAtAnotherTime_IsTheSameBytes()
    {
        var here = Entry("idx/images", 3000);
        var copy = Path.Combine(_folder.Path, "copy");
        File.Copy(here.Path, copy);
        File.SetLastWriteTimeUtc(copy, new DateTime(1999, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(copy, UnixFileMode.UserRead);
        }


        Assert.Equal(Join(await CutAsync([here])), Join(await CutAsync([here with { Path = copy }])));
    }

    [Fact]
    public async Task Cut_AnArchiveThatEndsWithAPart_HasNoEmptyOne()
    {
        var entries = new[] { Entry("idx/images", 300) };
        var length = Join(await CutAsync(entries)).Length;

        var one = await ArchiveParts.CutAsync(entries, length, CancellationToken.None).ToListAsync();
        var two = await ArchiveParts.CutAsync(entries, length / 2, CancellationToken.None).ToListAsync();

        Assert.Equal([length], one.Select(static part => part.Length));
        Assert.Equal([length / 2, length / 2], two.Select(static part => part.Length));
    }

    [Fact]
    public async Task Cut_AFileThatIsNotThere_SaysWhich()
    {
        var missing = Path.Combine(_folder.Path, "gone.png");

        var error = await Assert.ThrowsAsync<DistGanException>(() => CutAsync([Entry("a", 5000), new ArchiveEntry("b", missing)]));

        Assert.Contains(missing, error.Message);
    }

    [Fact]
    public async Task Cut_NoLongerWanted_StopsReading()
    {
        var entries = Enumerable.Range(0, 200).Select(i => Entry($"folder/f/{i}", 5000)).ToList();

        await foreach (var part in ArchiveParts.CutAsync(entries, PartBytes, CancellationToken.None))
        {
            Assert.Equal(PartBytes, part.Length);
            break;
        }

        entries.ForEach(static entry => File.Delete(entry.Path)); // nothing is open any more
        Assert.DoesNotContain(entries, static entry => File.Exists(entry.Path));
    }

    [Theory]
    [InlineData("../out", TarEntryType.RegularFile)]
    [InlineData("/etc/passwd", TarEntryType.RegularFile)]
    [InlineData("folder/link", TarEntryType.SymbolicLink)]
    public async Task Join_WhatLeadsOutOfTheFolder_IsRefused(string name, TarEntryType type)
    {
        using var archive = new MemoryStream();
        await using (var writer = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true))
        {
            var entry = new GnuTarEntry(type, name);
            if (type == TarEntryType.SymbolicLink)
            {
                entry.LinkName = "/etc/passwd";
            }

            await writer.WriteEntryAsync(entry);
        }

        var target = Path.Combine(_folder.Path, "out", "in");
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => JoinAsync(archive.ToArray(), target));

        Assert.Contains(name, error.Message);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "out", "out")));
    }

    [Fact]
    public async Task Join_NoArchive_IsRefused()
        => await Assert.ThrowsAsync<InvalidDataException>(() => JoinAsync(Encoding.ASCII.GetBytes(new string('x', 2048)), Path.Combine(_folder.Path, "out")));

    [Fact]
    public async Task Join_PartsThatFail_ThrowsTheirFailure()
        => await Assert.ThrowsAsync<DistGanException>(() => ArchiveParts.JoinAsync(FailAsync(), PartBytes, Path.Combine(_folder.Path, "out"), CancellationToken.None));

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> FailAsync()
    {
        yield return new byte[PartBytes];
        await Task.CompletedTask;
        throw new DistGanException("It is damaged.");
    }

    private static Task JoinAsync(byte[] archive, string target)
        => ArchiveParts.JoinAsync(new ReadOnlyMemory<byte>[] { archive }.ToAsyncEnumerable(), PartBytes, target, CancellationToken.None);

    private static async Task<List<ReadOnlyMemory<byte>>> CutAsync(IReadOnlyList<ArchiveEntry> entries) => await ArchiveParts.CutAsync(entries, PartBytes, CancellationToken.None).ToListAsync();

    private static byte[] Join(IEnumerable<ReadOnlyMemory<byte>> parts) => [.. parts.SelectMany(static part => part.ToArray())];

    private ArchiveEntry Entry(string name, int length)
    {
        var path = Path.Combine(_folder.Path, "in", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var content = new byte[length];
        new Random(length).NextBytes(content);
        File.WriteAllBytes(path, content);
        return new ArchiveEntry(name, path);
    }
}
