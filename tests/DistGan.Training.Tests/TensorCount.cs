namespace DistGan.Training.Tests;

internal static class TensorCount
{
    /// <summary>Frees what earlier tests left to the collector, so that <c>Tensor.TotalCount</c> moves only by what is measured.</summary>
    public static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
