using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Grains.Jobs;

/// <summary>The end of a job's files and of what it remembers.</summary>
internal sealed partial class CoordinatorGrain
{
    /// <summary>Whether the job has a folder of its own, beside which there are others.</summary>
    private bool HasFolder => paths.PrefixOf(Job).EndsWith('/');

    public async Task<ActionResult> DeleteAsync(CancellationToken cancellationToken = default)
    {
        _ = KnownLog();
        var prefix = paths.PrefixOf(Job);
        if (!IsEnd(State.State) && State.State != JobState.Pending)
        {
            return ActionResult.Refuse($"The job '{Job}' is {State.State.ToString().ToLowerInvariant()}: only one that has ended can be deleted; stop it first.");
        }

        if (!HasFolder)
        {
            return ActionResult.Refuse($"The job '{Job}' has no folder of its own in its store: remove that folder itself.");
        }

        await RemoveAsync(prefix, cancellationToken);
        return ActionResult.Done;
    }

    /// <summary>Gives all slots back and removes what there is of the job.</summary>
    private async Task RemoveAsync(string prefix, CancellationToken cancellationToken)
    {
        await Hands.WithdrawAsync();
        await RemoveFilesAsync(prefix, cancellationToken);
        await storage.ClearStateAsync(cancellationToken);
        (_log, _shown, _live, _interrupt) = (null, JobState.Pending, false, false);
        _committed.Clear();
        _rates.Clear();
        DeactivateOnIdle();
    }

    /// <summary>The events go last: a job whose removal was broken off is still one that can be removed.</summary>
    private async Task RemoveFilesAsync(string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var name in store.ListAsync(prefix, cancellationToken))
        {
            names.Add(name);
        }

        foreach (var name in names.OrderBy(name => name == Folder.Events))
        {
            _ = await store.DeleteAsync(name, PutCondition.None, cancellationToken);
        }
    }
}
