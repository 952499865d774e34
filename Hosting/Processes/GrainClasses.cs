using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace DistGan.Hosting.Processes;

/// <summary>Which grains a silo offers to its cluster.</summary>
public static class GrainClasses
{
    private const string Own = "DistGan.";

    /// <summary>
    /// Of this project's grains only those of one assembly: a program that carries the whole project, such as the console, would
    /// otherwise be given grains that its host has nothing for.
    /// </summary>
    public static ISiloBuilder OfferOnly(this ISiloBuilder silo, Assembly assembly)
    {
        silo.Services.PostConfigure<GrainTypeOptions>(options => options.Classes.RemoveWhere(
            type => type.Assembly != assembly && type.Assembly.GetName().Name!.StartsWith(Own, StringComparison.Ordinal)));
        return silo;
    }
}
