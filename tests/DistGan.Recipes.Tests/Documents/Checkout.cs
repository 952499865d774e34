using System.Diagnostics;

namespace DistGan.Recipes.Tests.Documents;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DistGan.sln")))
            {
                return folder.FullName;
            }
        }

        throw new UnreachableException($"There is no DistGan.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
