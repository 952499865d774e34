using System.Diagnostics;
using System.Text.Json;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.Hosting.Processes;
using DistGan.TestSupport;
using Json.Schema;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Configuration;

namespace DistGan.EndToEnd.Tests.Deploy;

/// <summary>What is deployed by them is not built or run here: each file is checked by a tool that knows its form.</summary>
public sealed class DeployFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Manifests => [.. DeployFiles.Names("kubernetes", "*.yaml").Where(static name => !name.EndsWith("kustomization.yaml", StringComparison.Ordinal))];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Manifest_OfKubernetes_IsOfItsTypesWithoutUnknownFields(string name)
        => Assert.All(KubernetesYaml.LoadAllFromString(DeployFiles.Read(name), strict: true), static one => Assert.IsAssignableFrom<IKubernetesObject>(one));

    [Fact]
    public void Manifests_OfHosts_CarryWhatClusteringNeedsAndSettingsThatHostsRead()
    {
        var objects = Objects("kubernetes/base").Concat(Objects("kubernetes/cpu")).Concat(Objects("kubernetes/cuda")).ToList();
        var settings = objects.OfType<V1ConfigMap>().Single();
        var hosts = objects.OfType<V1Deployment>().ToList();

        Assert.Equal(3, hosts.Count);
        foreach (var pod in hosts.Select(static host => host.Spec.Template))
        {
            var container = Assert.Single(pod.Spec.Containers);
            Assert.Equal(("distgan", "distgan", "distgan"), (pod.Metadata.Labels["orleans/serviceId"], pod.Metadata.Labels["orleans/clusterId"], pod.Spec.ServiceAccountName));
            Assert.Superset(new HashSet<string> { "POD_NAME", "POD_NAMESPACE", "POD_IP" }, container.Env.Select(static one => one.Name).ToHashSet());
            Assert.True(pod.Spec.SecurityContext.RunAsNonRoot);
            Assert.All([container.LivenessProbe.HttpGet, container.ReadinessProbe.HttpGet, container.StartupProbe.HttpGet], get => Assert.Contains(container.Ports, port => port.Name == get.Port.Value));
            RequireKnown(container.Env.Select(static one => one.Name).Concat(settings.Data.Keys));
        }

        Assert.All(objects.OfType<V1PodDisruptionBudget>(), budget => Assert.Contains(hosts, host => host.Spec.Template.Metadata.Labels["app"] == budget.Spec.Selector.MatchLabels["app"]));
        Assert.Equal("1", hosts[^1].Spec.Template.Spec.Containers[0].Resources.Limits["nvidia.com/gpu"].ToString());
    }

    [Fact]
    public async Task Compose_BySchema_IsValidAndItsFilesAreThere()
    {
        var compose = DeployFiles.Json("docker/compose.yaml");
        var schema = JsonSchema.FromText(await ComposeSchema.ReadAsync());

        var result = schema.Evaluate(JsonDocument.Parse(compose.ToJsonString()).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });

        Assert.True(result.IsValid, string.Join("; ", (result.Details ?? []).Where(static detail => detail.Errors is not null).Select(static detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}")));
        foreach (var (_, service) in compose["services"]!.AsObject())
        {
            var volumes = service!["volumes"]?.AsArray().Select(static volume => ((string)volume!).Split(':')[0]).Where(static source => source.StartsWith('.')) ?? [];
            Assert.All(volumes, static source => Assert.True(Path.Exists(Path.Combine(DeployFiles.Root, "deploy/docker", source)), source));
            if (service["build"] is not null)
            {
                RequireKnown(service["environment"]!.AsObject().Select(static pair => pair.Key));
            }
        }
    }

    [Fact]
    public void Yaml_OfCollectorAndGrafana_Parses()
        => Assert.All([.. DeployFiles.Names("otel", "*.yaml"), .. DeployFiles.Names("grafana", "*.yaml")], static name => Assert.NotEmpty(DeployFiles.Json(name).AsObject()));

    [Fact]
    public async Task Units_OfSystemd_AreRight()
    {
        foreach (var name in DeployFiles.Names("systemd", "*.service"))
        {
            // The programs are not installed here.
            var unit = _folder.Write(Path.GetFileName(name), string.Join('\n', DeployFiles.Read(name).Split('\n').Select(static line => line.StartsWith("ExecStart=", StringComparison.Ordinal) ? "ExecStart=/bin/true" : line)));
            using var verify = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", unit]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
            var said = await verify.StandardError.ReadToEndAsync() + await verify.StandardOutput.ReadToEndAsync();
            await verify.WaitForExitAsync();
            Assert.True(verify.ExitCode == 0 && !said.Contains(Path.GetFileName(name), StringComparison.Ordinal), said);
        }
    }

    private static IEnumerable<IKubernetesObject> Objects(string folder)
        => DeployFiles.Names(folder, "*.yaml").Where(static name => !name.EndsWith("kustomization.yaml", StringComparison.Ordinal)).SelectMany(static name => KubernetesYaml.LoadAllFromString(DeployFiles.Read(name), strict: true)).Cast<IKubernetesObject>();

    /// <summary>A setting that no host reads is a typing error.</summary>
    private static void RequireKnown(IEnumerable<string> variables)
        => HostKeys.RequireKnown(new ConfigurationBuilder().AddInMemoryCollection(variables.Distinct().ToDictionary(static name => name.Replace("__", ":", StringComparison.Ordinal), static _ => (string?)"x")).Build());
}
