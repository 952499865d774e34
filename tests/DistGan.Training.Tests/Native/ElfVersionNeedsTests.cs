using DistGan.Training.Native;

namespace DistGan.Training.Tests.Native;

public sealed class ElfVersionNeedsTests
{
    private const string Version = "GLIBCXX_3.4.32";

    private static string Library
    {
        get
        {
            var own = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
            return File.Exists(own) ? own : Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        }
    }

    [Fact]
    public void MakeWeak_OfTorchSharpsLibrary_ChangesOnlyTheFlagOfThatVersion()
    {
        var original = File.ReadAllBytes(Library);
        var image = (byte[])original.Clone();

        Assert.True(ElfVersionNeeds.MakeWeak(image, Version));

        var changed = Enumerable.Range(0, image.Length).Where(i => image[i] != original[i]).ToList();
        var place = Assert.Single(changed);
        Assert.Equal(0, original[place]);
        Assert.Equal(2, image[place]);
    }

    [Fact]
    public void MakeWeak_VersionThatIsNotNeeded_IsFalseAndChangesNothing()
    {
        var original = File.ReadAllBytes(Library);
        var image = (byte[])original.Clone();

        Assert.False(ElfVersionNeeds.MakeWeak(image, "GLIBCXX_9.9.99"));
        Assert.True(original.AsSpan().SequenceEqual(image));
    }

    [Fact]
    public void MakeWeak_LibraryCutShortAnywhere_IsFalse()
    {
        var image = File.ReadAllBytes(Library);

        // The section headers are at the end of the file, so that every cut loses some.
        Assert.All(Enumerable.Range(0, 100), i => Assert.False(ElfVersionNeeds.MakeWeak(image.AsSpan(0, (int)((image.Length - 64L) * i / 100)), Version)));
    }

    [Fact]
    public void MakeWeak_Garbage_IsFalse()
    {
        var random = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            var image = new byte[random.Next(512)];
            random.NextBytes(image);
            if (image.Length > 6)
            {
                new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1 }.CopyTo(image, 0);
            }

            Assert.False(ElfVersionNeeds.MakeWeak(image, Version));
        }
    }
}
