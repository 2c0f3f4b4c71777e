using EarlyWarning.Catalogue.States;
using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Contracts.Cases;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Contracts.Notifications;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Ledger.Trace;

/// <summary>Walks from an id both ways, over what the other services answer. Keeps nothing.</summary>
internal sealed class Tracer(IGrainFactory grains, IJournals journals, Suite suite)
{
    private const string BreachPrefix = "breaches/";
    private const string NotificationPrefix = "notifications/";
    private const string CasePrefix = "cases/";
    private const string CountryJournals = "risk/";
    private const int AtOnce = 16;
    private const int MostNotifications = 1_000;

    private readonly Countries _countries = Countries.For(suite.Exercise);

    private IBreachRegisterGrain Breaches => grains.GetGrain<IBreachRegisterGrain>(0);

    private INotificationRegisterGrain Notifications => grains.GetGrain<INotificationRegisterGrain>(0);

    private ICaseRegisterGrain Cases => grains.GetGrain<ICaseRegisterGrain>(0);

    /// <summary>Whether a country is one of the suite's.</summary>
    public bool Knows(string country) => _countries.TryGet(country, out _);

    /// <summary>Walks from an id; <see langword="null"/> where nothing of the countries has the id. No countries are all.</summary>
    public async Task<V1.TraceResponse?> TraceAsync(string id, IReadOnlyCollection<string> countries, CancellationToken cancellationToken)
    {
        var trace = new WarningTrace();
        if (!await StartAsync(trace, id, countries, cancellationToken))
        {
            return null;
        }

        await WidenAsync(trace, cancellationToken);
        await FindObservationsAsync(trace, cancellationToken);
        return trace.ToResponse(TraceText.Of(trace));
    }

    private async Task<bool> StartAsync(
        WarningTrace trace,
        string id,
        IReadOnlyCollection<string> countries,
        CancellationToken cancellationToken
    )
    {
        var bare = !id.Contains('/', StringComparison.Ordinal);
        var breach = NameOf(BreachPrefix) is { } b ? Breaches.GetAsync(b) : Task.FromResult<V1.Breach?>(null);
        var notification = NameOf(NotificationPrefix) is { } n ? Notifications.GetAsync(n) : Task.FromResult<V1.Notification?>(null);
        var one = NameOf(CasePrefix) is { } c ? Cases.GetAsync(c) : Task.FromResult<V1.Case?>(null);
        await Task.WhenAll(breach, notification, one).WaitAsync(cancellationToken);
        Keep(trace.Breaches, (await breach)?.Name, Of(await breach, found => found.Country));
        Keep(trace.Notifications, (await notification)?.Name, Of(await notification, found => found.Country));
        Keep(trace.Cases, (await one)?.Name, Of(await one, found => found.Country));
        if (trace.Breaches.Count + trace.Notifications.Count + trace.Cases.Count > 0)
        {
            return true;
        }

        // Whatever is left may be an observation id, which its sender has chosen: it may look like anything.
        return await StartFromObservationAsync(trace, id, countries, cancellationToken);

        string? NameOf(string prefix) =>
            id.StartsWith(prefix, StringComparison.Ordinal) ? id
            : bare ? prefix + id
            : null;

        T? Of<T>(T? found, Func<T, string> country)
            where T : class => found is not null && (countries.Count == 0 || countries.Contains(country(found))) ? found : null;
    }

    private async Task<bool> StartFromObservationAsync(
        WarningTrace trace,
        string id,
        IReadOnlyCollection<string> countries,
        CancellationToken cancellationToken
    )
    {
        foreach (var breach in await Breaches.MovedByAsync(id).WaitAsync(cancellationToken))
        {
            if (countries.Count == 0 || countries.Contains(breach.Country))
            {
                trace.Breaches[breach.Name] = breach;
            }
        }

        var where = countries.Count > 0 ? countries : trace.Breaches.Values.Select(breach => breach.Country).Distinct().ToList();
        await ReadObservationsAsync(trace, where.Select(code => (code, id)), cancellationToken);
        if (where.Count == 0)
        {
            var journalled = await journals.ListAsync(CountryJournals, cancellationToken);
            var codes = journalled.Select(name => name[CountryJournals.Length..]).Where(Knows);
            await ReadObservationsAsync(trace, codes.Select(code => (code, id)), cancellationToken);
        }

        trace.Asked = trace.Observations.Values.FirstOrDefault();
        return trace.Asked is not null || trace.Breaches.Count > 0;
    }

    /// <summary>
    /// From each thing to its neighbours, until nothing new is found: a case has breaches, a breach has a case, both have notifications.
    /// </summary>
    private async Task WidenAsync(WarningTrace trace, CancellationToken cancellationToken)
    {
        var (breaches, notified) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        int before;
        do
        {
            before = trace.Breaches.Count + trace.Notifications.Count + trace.Cases.Count;
            foreach (
                var name in trace
                    .Notifications.Values.Select(n => n.Case)
                    .Where(name => name.Length > 0 && !trace.Cases.ContainsKey(name))
                    .Distinct()
                    .ToList()
            )
            {
                Keep(trace.Cases, name, await Cases.GetAsync(name).WaitAsync(cancellationToken));
            }

            var named = trace.Cases.Values.SelectMany(one => one.Breaches).Concat(trace.Notifications.Values.Select(n => n.Breach));
            foreach (var name in named.Where(name => name.Length > 0 && !trace.Breaches.ContainsKey(name)).Distinct().ToList())
            {
                Keep(trace.Breaches, name, await Breaches.GetAsync(name).WaitAsync(cancellationToken));
            }

            foreach (var breach in trace.Breaches.Values.Where(breach => breaches.Add(breach.Name)).ToList())
            {
                await KeepNotificationsAsync(trace, new() { Breach = breach.Name }, cancellationToken);
                if (!trace.Cases.Values.Any(one => one.Breaches.Contains(breach.Name)))
                {
                    var one = await Cases.OfBreachAsync(breach.Name).WaitAsync(cancellationToken);
                    Keep(trace.Cases, one?.Name, one);
                }
            }

            foreach (var name in trace.Cases.Keys.Where(notified.Add).ToList())
            {
                await KeepNotificationsAsync(trace, new() { Case = name }, cancellationToken);
            }
        } while (before < trace.Breaches.Count + trace.Notifications.Count + trace.Cases.Count);
    }

    private async Task KeepNotificationsAsync(WarningTrace trace, V1.ListNotificationsRequest filter, CancellationToken cancellationToken)
    {
        foreach (var notification in await Notifications.ListAsync(filter, MostNotifications).WaitAsync(cancellationToken))
        {
            trace.Notifications[notification.Name] = notification;
        }
    }

    private async Task FindObservationsAsync(WarningTrace trace, CancellationToken cancellationToken)
    {
        var named = trace
            .Breaches.Values.SelectMany(breach =>
                breach.Movements.SelectMany(movement => movement.ObservationIds).Select(id => (breach.Country, id))
            )
            .Where(key => !trace.Observations.ContainsKey(key))
            .Distinct()
            .ToList();
        await ReadObservationsAsync(trace, named, cancellationToken);
        trace.MissingObservations.UnionWith(named.Where(key => !trace.Observations.ContainsKey(key)));
    }

    private async Task ReadObservationsAsync(
        WarningTrace trace,
        IEnumerable<(string Country, string Id)> keys,
        CancellationToken cancellationToken
    )
    {
        foreach (var some in keys.Chunk(AtOnce))
        {
            var found = await Task.WhenAll(
                    some.Select(key =>
                        grains
                            .GetGrain<ICountryGrain>(key.Country)
                            .ListObservationsAsync(
                                new(
                                    new()
                                    {
                                        Country = key.Country,
                                        ObservationId = key.Id,
                                        IncludeRevisions = true,
                                    },
                                    0,
                                    1
                                )
                            )
                    )
                )
                .WaitAsync(cancellationToken);
            foreach (var observation in found.SelectMany(page => page))
            {
                trace.Observations[(observation.Country, observation.ObservationId)] = observation;
            }
        }
    }

    private static void Keep<T>(Dictionary<string, T> kept, string? name, T? one)
        where T : class
    {
        if (name is not null && one is not null)
        {
            kept[name] = one;
        }
    }
}
