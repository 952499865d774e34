namespace DistGan.Grains.Jobs;

/// <summary>The jobs of the cluster, in the order of their first submission.</summary>
internal sealed class JobCatalogState
{
    public List<string> Jobs { get; set; } = [];
}
