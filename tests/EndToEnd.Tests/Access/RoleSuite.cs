using System.Diagnostics;
using EarlyWarning.Access.Roles;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Access;

/// <summary>
/// A suite with two countries of which the same is known, each with a breach, a case and a notification; and for each role a key that is
/// bound to the one of them and a key that is bound to nothing.
/// </summary>
public sealed class RoleSuite : IAsyncLifetime
{
    public const string Own = "KEN";
    public const string Other = "UGA";
    public const string Recipient = "recipients/focal-point-ken";
    private const string OthersRecipient = "recipients/focal-point-uga";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<(AccessRole Role, bool IsBound), string> _keys = [];
    private readonly Dictionary<(string Collection, string Country), string> _names = [];

    public SuiteProcess Process { get; private set; } = null!;

    /// <summary>Gets a key with every role, for the whole world.</summary>
    public string FullKey { get; private set; } = "";

    public static IEnumerable<ServiceDescriptor> Services =>
        typeof(Breach)
            .Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", typeof(ServiceDescriptor))?.GetValue(null))
            .OfType<ServiceDescriptor>();

    public static Metadata With(string key) => new() { { "authorization", $"Bearer {key}" } };

    public async ValueTask InitializeAsync()
    {
        await MembersAsync(Own);
        FullKey = await KeysAsync(["add", "full", .. AccessRoleNames.All.SelectMany(role => new[] { "--role", role })]);
        foreach (var role in Enum.GetValues<AccessRole>().Where(role => role != AccessRole.Unspecified))
        {
            var name = AccessRoleNames.Of(role);
            _keys[(role, true)] = await KeysAsync("add", name, "--role", name, "--countries", Own, "--recipients", Recipient);
            _keys[(role, false)] = await KeysAsync(
                "add",
                $"{name} of the world",
                "--role",
                name,
                "--recipients",
                $"{Recipient},{OthersRecipient}"
            );
        }

        Process = SuiteProcess.In(_folder.Path);
        Assert.True(await Process.StartAsync(), Process.Output);
        await Definitions.DefineOneAsync(Process.Channel, With(FullKey));
        foreach (var country in new[] { Own, Other })
        {
            await new ObservationService.ObservationServiceClient(Process.Channel).RecordObservationAsync(
                new() { Observation = Definitions.Attacks(country, 90) },
                With(FullKey)
            );
        }

        await Eventually.HoldsAsync(
            async () => await FindAsync(Own) && await FindAsync(Other),
            "both countries have a case and who is told",
            seen: () => Process.Output
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Dispose();
    }

    public string KeyOf(AccessRole role, bool isBound) => _keys[(role, isBound)];

    /// <summary>The resource of a country that an rpc is about.</summary>
    public string ResourceOf(MethodDescriptor method, string country) =>
        method.Service.Name switch
        {
            nameof(BreachService) => _names[("breaches", country)],
            nameof(CaseService) => _names[("cases", country)],
            nameof(NotificationService) => _names[("notifications", country)],
            _ => $"{Definitions.Framework}/risks/{country}",
        };

    /// <summary>Says whom the organisation has as members.</summary>
    public Task MembersAsync(params string[] members) =>
        File.WriteAllTextAsync(
            _folder.In("directory.yaml"),
            $$"""
            organisations:
              - { short: EAC, name: East African Community, members: [{{string.Join(", ", members)}}] }
            recipients:
              - { id: focal-point-ken, name: Focal point of Kenya, role: focal-point, countries: [KEN], channels: [inbox] }
              - { id: focal-point-uga, name: Focal point of Uganda, role: focal-point, countries: [UGA], channels: [inbox] }
            """
        );

    /// <summary>Runs <c>keys</c> on the suite's folder, and gives what it prints.</summary>
    public async Task<string> KeysAsync(params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(
            new ProcessStartInfo(SuiteProcess.HostExecutable, ["keys", .. arguments, "--data", _folder.Path])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return (await output).Trim();
    }

    private async Task<bool> FindAsync(string country)
    {
        var breaches = (await new BreachService.BreachServiceClient(Process.Channel).ListBreachesAsync(new(), With(FullKey))).Breaches;
        var cases = (await new CaseService.CaseServiceClient(Process.Channel).ListCasesAsync(new(), With(FullKey))).Cases;
        var notifications = (
            await new NotificationService.NotificationServiceClient(Process.Channel).ListNotificationsAsync(new(), With(FullKey))
        ).Notifications;
        Keep("breaches", breaches.FirstOrDefault(one => one.Country == country)?.Name);
        Keep("cases", cases.FirstOrDefault(one => one.Country == country)?.Name);
        Keep("notifications", notifications.FirstOrDefault(one => one.Country == country && one.Recipient.Length > 0)?.Name);
        return new[] { "breaches", "cases", "notifications" }.All(collection => _names.ContainsKey((collection, country)));

        void Keep(string collection, string? name)
        {
            if (name is not null)
            {
                _names[(collection, country)] = name;
            }
        }
    }
}
