using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DistGan.Architecture.Tests.Arrows;

public sealed class ArrowTests
{
    public static TheoryData<string> Rooms => [.. Room.All.Select(static room => room.Name)];

    /// <summary>bench is not among the assemblies that the tests build.</summary>
    public static TheoryData<string> BuiltRooms => [.. Room.All.Select(static room => room.Name).Where(static name => name != "bench")];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void ProjectFile_OfARoom_NamesOnlyTheRoomsItMaySee(string name)
    {
        var named = XDocument.Parse(Repository.Read($"{name}/{name}.csproj"))
            .Descendants("ProjectReference")
            .Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        var wrong = named.Except(Room.Named(name).Sees).ToList();

        Assert.True(wrong.Count == 0, $"{name}/{name}.csproj may not reference {string.Join(", ", wrong)}: ARCHITECTURE.md allows {Allowed(name)}.");
    }

    [Theory]
    [MemberData(nameof(BuiltRooms))]
    public void Assembly_OfARoom_ReferencesNothingBanned(string name)
    {
        var room = Room.Named(name);
        var allowed = room.Reach().Select(static seen => seen.Assembly).ToHashSet(StringComparer.Ordinal);
        var rooms = Room.All.Select(static other => other.Assembly).ToHashSet(StringComparer.Ordinal);

        var wrong = References(room.Assembly)
            .Where(reference => room.Banned.Any(banned => reference.StartsWith(banned, StringComparison.Ordinal))
                || (rooms.Contains(reference) && !allowed.Contains(reference)))
            .ToList();

        Assert.True(wrong.Count == 0, $"{room.Assembly}.dll may not reference {string.Join(", ", wrong)}: see the arrows of ARCHITECTURE.md.");
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Source_OfARoom_NamesNoNamespaceOfARoomItMayNotSee(string name)
    {
        var allowed = Room.Named(name).Reach().Append(Room.Named(name)).ToHashSet();

        var wrong = Repository.Sources
            .Where(file => file.StartsWith($"{name}/", StringComparison.Ordinal))
            .SelectMany(file => Namespaces(Repository.Read(file))
                .Where(used => RoomOf(used) is { } room && !allowed.Contains(room))
                .Select(used => $"{file} names {used}, which {name} may not see."))
            .ToList();

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void Projects_OutsideTests_AreAllRooms()
    {
        var strange = Repository.Projects
            .Where(static file => !file.StartsWith("tests/", StringComparison.Ordinal))
            .Where(static file => !Room.All.Any(room => file == $"{room.Name}/{room.Name}.csproj"))
            .ToList();

        Assert.True(strange.Count == 0, $"No arrows are known for {string.Join(", ", strange)}: add them to ARCHITECTURE.md and to Room.All.");
    }

    [Fact]
    public void Solution_HasEveryProject()
    {
        var solution = Repository.Read("DistGan.sln").Replace('\\', '/');

        var missing = Repository.Projects.Where(file => !solution.Contains($"\"{file}\"", StringComparison.Ordinal)).ToList();

        Assert.True(missing.Count == 0, $"DistGan.sln lacks {string.Join(", ", missing)}: dotnet sln add them.");
    }

    private static string Allowed(string name) => Room.Named(name).Sees is { Length: > 0 } sees ? string.Join(", ", sees) : "no room";

    /// <summary>The room with the longest namespace that a name begins with: DistGan.Grains.Interfaces is not in DistGan.Grains.</summary>
    private static Room? RoomOf(string used)
        => Room.All.Where(room => $"{used}.".StartsWith($"{room.Namespace}.", StringComparison.Ordinal)).MaxBy(static room => room.Namespace.Length);

    private static IEnumerable<string> Namespaces(string source)
        => Regex.Matches(source, @"\bDistGan(\.[A-Z]\w*)+", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)).Select(static match => match.Value).Distinct();

    private static List<string> References(string assembly)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"));
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
