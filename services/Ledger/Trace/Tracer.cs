using EarlyWarning.Catalogue.States;
using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Contracts.Cases;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Contracts.Notifications;
using EarlyWarning.ServiceDefaults;
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

    /// <summary>Walks the way; <see langword="null"/> where nothing of the countries has the id. No countries are all.</summary>
    public async Task<V1.TraceResponse?> TraceAsync(string id, IReadOnlyCollection<string> countries, CancellationToken cancellationToken)
    {
        var way = new Way();
        if (!await StartAsync(way, id, countries, cancellationToken))
        {
            return null;
        }

        await WidenAsync(way, cancellationToken);
        await FindObservationsAsync(way, cancellationToken);
        return way.ToResponse(Sentences.Of(way));
    }

    private async Task<bool> StartAsync(Way way, string id, IReadOnlyCollection<string> countries, CancellationToken cancellationToken)
    {
        var bare = !id.Contains('/', StringComparison.Ordinal);
        var breach = NameOf(BreachPrefix) is { } b ? Breaches.GetAsync(b) : Task.FromResult<V1.Breach?>(null);
        var notification = NameOf(NotificationPrefix) is { } n ? Notifications.GetAsync(n) : Task.FromResult<V1.Notification?>(null);
        var one = NameOf(CasePrefix) is { } c ? Cases.GetAsync(c) : Task.FromResult<V1.Case?>(null);
        await Task.WhenAll(breach, notification, one).WaitAsync(cancellationToken);
        Keep(way.Breaches, (await breach)?.Name, Of(await breach, found => found.Country));
        Keep(way.Notifications, (await notification)?.Name, Of(await notification, found => found.Country));
        Keep(way.Cases, (await one)?.Name, Of(await one, found => found.Country));
        if (way.Breaches.Count + way.Notifications.Count + way.Cases.Count > 0)
        {
            return true;
        }

        // Whatever is left may be an observation id, which its sender has chosen: it may look like anything.
        return await StartFromObservationAsync(way, id, countries, cancellationToken);

        string? NameOf(string prefix) =>
            id.StartsWith(prefix, StringComparison.Ordinal) ? id
            : bare ? prefix + id
            : null;

        T? Of<T>(T? found, Func<T, string> country)
            where T : class => found is not null && (countries.Count == 0 || countries.Contains(country(found))) ? found : null;
    }

    private async Task<bool> StartFromObservationAsync(
        Way way,
        string id,
        IReadOnlyCollection<string> countries,
        CancellationToken cancellationToken
    )
    {
        foreach (var breach in await Breaches.MovedByAsync(id).WaitAsync(cancellationToken))
        {
            if (countries.Count == 0 || countries.Contains(breach.Country))
            {
                way.Breaches[breach.Name] = breach;
            }
        }

        var where = countries.Count > 0 ? countries : way.Breaches.Values.Select(breach => breach.Country).Distinct().ToList();
        await LookAsync(way, where.Select(code => (code, id)), cancellationToken);
        if (where.Count == 0)
        {
            var journalled = await journals.ListAsync(CountryJournals, cancellationToken);
            var codes = journalled.Select(name => name[CountryJournals.Length..]).Where(Knows);
            await LookAsync(way, codes.Select(code => (code, id)), cancellationToken);
        }

        way.Asked = way.Observations.Values.FirstOrDefault();
        return way.Asked is not null || way.Breaches.Count > 0;
    }

    /// <summary>
    /// From each thing to its neighbours, until nothing new is found: a case has breaches, a breach has a case, both have notifications.
    /// </summary>
    private async Task WidenAsync(Way way, CancellationToken cancellationToken)
    {
        var (breaches, notified) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        int before;
        do
        {
            before = way.Breaches.Count + way.Notifications.Count + way.Cases.Count;
            foreach (
                var name in way
                    .Notifications.Values.Select(n => n.Case)
                    .Where(name => name.Length > 0 && !way.Cases.ContainsKey(name))
                    .Distinct()
                    .ToList()
            )
            {
                Keep(way.Cases, name, await Cases.GetAsync(name).WaitAsync(cancellationToken));
            }

            var named = way.Cases.Values.SelectMany(one => one.Breaches).Concat(way.Notifications.Values.Select(n => n.Breach));
            foreach (var name in named.Where(name => name.Length > 0 && !way.Breaches.ContainsKey(name)).Distinct().ToList())
            {
                Keep(way.Breaches, name, await Breaches.GetAsync(name).WaitAsync(cancellationToken));
            }

            foreach (var breach in way.Breaches.Values.Where(breach => breaches.Add(breach.Name)).ToList())
            {
                await KeepNotificationsAsync(way, new() { Breach = breach.Name }, cancellationToken);
                if (!way.Cases.Values.Any(one => one.Breaches.Contains(breach.Name)))
                {
                    var one = await Cases.OfBreachAsync(breach.Name).WaitAsync(cancellationToken);
                    Keep(way.Cases, one?.Name, one);
                }
            }

            foreach (var name in way.Cases.Keys.Where(notified.Add).ToList())
            {
                await KeepNotificationsAsync(way, new() { Case = name }, cancellationToken);
            }
        } while (before < way.Breaches.Count + way.Notifications.Count + way.Cases.Count);
    }

    private async Task KeepNotificationsAsync(Way way, V1.ListNotificationsRequest filter, CancellationToken cancellationToken)
    {
        foreach (var notification in await Notifications.ListAsync(filter, MostNotifications).WaitAsync(cancellationToken))
        {
            way.Notifications[notification.Name] = notification;
        }
    }

    private async Task FindObservationsAsync(Way way, CancellationToken cancellationToken)
    {
        var named = way
            .Breaches.Values.SelectMany(breach =>
                breach.Movements.SelectMany(movement => movement.ObservationIds).Select(id => (breach.Country, id))
            )
            .Where(key => !way.Observations.ContainsKey(key))
            .Distinct()
            .ToList();
        await LookAsync(way, named, cancellationToken);
        way.MissingObservations.UnionWith(named.Where(key => !way.Observations.ContainsKey(key)));
    }

    private async Task LookAsync(Way way, IEnumerable<(string Country, string Id)> keys, CancellationToken cancellationToken)
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
                way.Observations[(observation.Country, observation.ObservationId)] = observation;
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
