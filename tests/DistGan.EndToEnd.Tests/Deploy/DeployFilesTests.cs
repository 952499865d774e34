using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <summary>A host that the cluster has declared gone ends with exit code 1 (decision 0129).</summary>
    [Fact]
    public void Hosts_ThatEndByThemselves_AreStartedAgain()
    {
        var pods = Objects("kubernetes/base").Concat(Objects("kubernetes/cpu")).Concat(Objects("kubernetes/cuda")).OfType<V1Deployment>().Select(static host => host.Spec.Template.Spec);
        var services = DeployFiles.Json("docker/compose.yaml")["services"]!;

        Assert.All(pods, static pod => Assert.True(pod.RestartPolicy is null or "Always", pod.RestartPolicy));
        Assert.All(["silo", "worker"], name => Assert.Equal("unless-stopped", (string?)services[name]!["restart"]));
        Assert.All(DeployFiles.Names("systemd", "*.service"), static unit => Assert.Contains("\nRestart=on-failure\n", DeployFiles.Read(unit), StringComparison.Ordinal));
    }

    [Fact]
    public void Prometheus_OfCompose_AsksForEveryHost()
    {
        var services = DeployFiles.Json("docker/compose.yaml")["services"]!.AsObject();
        var hosts = services.Where(static service => service.Value!["build"] is not null && service.Value["profiles"] is null).Select(static service => service.Key);
        var mounted = services["prometheus"]!["volumes"]!.AsArray().Select(static volume => ((string)volume!).Split(':')).Single(static volume => volume[1] == "/etc/prometheus/prometheus.yml")[0];

        var names = Assert.Single(DeployFiles.Json(Path.Combine("docker", mounted))["scrape_configs"]![0]!["dns_sd_configs"]!.AsArray())!;

        Assert.Equal(hosts, names["names"]!.AsArray().Select(static name => (string)name!));
        Assert.Equal(("A", 8081), ((string)names["type"]!, (int)names["port"]!));
        Assert.Contains("DistGan__Health__Port=8081", DeployFiles.Read("docker/Dockerfile"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docker/prometheus.yml")]
    [InlineData("prometheus/kubernetes.yml")]
    public void Scrapes_OfEachPlace_DifferInHowTheyFindHostsAlone(string name)
    {
        var (place, shipped) = (DeployFiles.Json(name), DeployFiles.Json("prometheus/prometheus.yml"));
        foreach (var scrape in (JsonObject[])[place["scrape_configs"]![0]!.AsObject(), shipped["scrape_configs"]![0]!.AsObject()])
        {
            foreach (var key in (string[])["file_sd_configs", "dns_sd_configs", "kubernetes_sd_configs", "relabel_configs"])
            {
                scrape.Remove(key);
            }
        }

        Assert.Equal("true", shipped["scrape_configs"]![0]!["honor_labels"]?.ToJsonString());
        Assert.Equal(shipped.ToJsonString(), place.ToJsonString());
    }

    [Fact]
    public void Client_OfCompose_IsLeftOutOfUpAndFindsTheSiloAsHostsDo()
    {
        var services = DeployFiles.Json("docker/compose.yaml")["services"]!;
        var client = services["client"]!;

        Assert.Equal("console", (string)client["build"]!["target"]!);
        Assert.Equal("[\"client\"]", client["profiles"]?.ToJsonString());
        foreach (var (key, value) in services["worker"]!["environment"]!.AsObject().Where(static pair => !pair.Key.StartsWith("DistGan__Worker__", StringComparison.Ordinal)))
        {
            Assert.Equal(value!.ToJsonString(), client["environment"]![key]?.ToJsonString());
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
            _folder.Write($"{Path.GetFileName(name)}.d/store.conf", DeployFiles.Read("systemd/store.conf"));
            var unit = _folder.Write(Path.GetFileName(name), string.Join('\n', DeployFiles.Read(name).Split('\n').Select(static line => line.StartsWith("ExecStart=", StringComparison.Ordinal) ? "ExecStart=/bin/true" : line)));
            using var verify = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", unit]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
            var said = await verify.StandardError.ReadToEndAsync() + await verify.StandardOutput.ReadToEndAsync();
            await verify.WaitForExitAsync();
            Assert.True(verify.ExitCode == 0 && !said.Contains(Path.GetFileName(name), StringComparison.Ordinal) && !said.Contains("store.conf", StringComparison.Ordinal), said);
        }
    }

    [Fact]
    public void Examples_OfSystemd_FitTheUnits()
    {
        var examples = SystemdExample.OfPage(File.ReadAllText(Path.Combine(DeployFiles.Root, "docs/deploy.md"))).ToList();

        Assert.Equal(2, examples.Count);
        foreach (var example in examples)
        {
            Assert.Equal(["distgan-silo", "distgan-worker"], example.Units.Keys.Order(StringComparer.Ordinal));
            foreach (var (unit, settings) in example.Units)
            {
                RequireKnown(settings.Keys);
                var (store, writable) = (settings["DistGan__ObjectStore__Path"], example.WritableBy(unit, DeployFiles.Read($"systemd/{unit}.service")).ToList());
                Assert.True(writable.Exists(path => store.StartsWith($"{path}/", StringComparison.Ordinal) || store == path), $"{unit} may not write to {store}, only to {string.Join(", ", writable)}.");
            }

            var (silo, worker) = (example.Units["distgan-silo"], example.Units["distgan-worker"]);
            Assert.Equal(silo["DistGan__ObjectStore__Path"], worker["DistGan__ObjectStore__Path"]);
            Assert.NotEqual(silo["DistGan__Health__Port"], worker["DistGan__Health__Port"]);
            Assert.Equal(silo.GetValueOrDefault("Orleans__Clustering__ProviderType"), worker.GetValueOrDefault("Orleans__Clustering__ProviderType"));
            Assert.Equal(silo.GetValueOrDefault("ConnectionStrings__redis"), worker.GetValueOrDefault("ConnectionStrings__redis"));
        }

        // Of one machine, Localhost gives the worker a free port.
        var ofMany = examples[1].Units;
        Assert.Equal(("Redis", "0.0.0.0"), (ofMany["distgan-silo"]["Orleans__Clustering__ProviderType"], ofMany["distgan-worker"]["DistGan__Health__Address"]));
        Assert.NotEqual(ofMany["distgan-silo"].GetValueOrDefault("Orleans__Endpoints__SiloPort", "11111"), ofMany["distgan-worker"].GetValueOrDefault("Orleans__Endpoints__SiloPort", "11111"));
    }

    private static IEnumerable<IKubernetesObject> Objects(string folder)
        => DeployFiles.Names(folder, "*.yaml").Where(static name => !name.EndsWith("kustomization.yaml", StringComparison.Ordinal)).SelectMany(static name => KubernetesYaml.LoadAllFromString(DeployFiles.Read(name), strict: true)).Cast<IKubernetesObject>();

    /// <summary>A setting that no host reads is a typing error.</summary>
    private static void RequireKnown(IEnumerable<string> variables)
        => HostKeys.RequireKnown(new ConfigurationBuilder().AddInMemoryCollection(variables.Distinct().ToDictionary(static name => name.Replace("__", ":", StringComparison.Ordinal), static _ => (string?)"x")).Build());
}
