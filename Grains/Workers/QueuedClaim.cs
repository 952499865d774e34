using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Grains.Workers;

/// <summary>A claim, and its place among equals.</summary>
/// <param name="Claim">What is wanted.</param>
/// <param name="Order">The lower claimed first.</param>
/// <param name="Held">Slots that its replicas hold.</param>
/// <param name="Waiting">Ordinals that hold none, ascending.</param>
/// <param name="Lost">Whether one of those had a slot whose worker is gone.</param>
public sealed record QueuedClaim(SlotClaim Claim, long Order, int Held, IReadOnlyList<int> Waiting, bool Lost)
{
    /// <summary>Slots that it takes next: as many as it needs to be of use, then one at a time; 0 where it wants none.</summary>
    public int Need => Waiting.Count == 0 ? 0 : Math.Clamp(Claim.Minimum - Held, 1, Waiting.Count);
}
