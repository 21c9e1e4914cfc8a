using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NodaTime;
using Npgsql;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Billing;
using Slotwright.Customers;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Schedules;
using Slotwright.Secrets;
using Slotwright.Storage.Accounts;
using Slotwright.Storage.Appointments;
using Slotwright.Storage.Billing;
using Slotwright.Storage.Customers;
using Slotwright.Storage.Documents;
using Slotwright.Storage.Operators;
using Slotwright.Storage.Resellers;
using Slotwright.Storage.PostgreSql;
using Slotwright.Storage.Schedules;
using Slotwright.Storage.Sqlite;
using Slotwright.Storage.Team;
using Slotwright.Storage.Upkeep;
using Slotwright.Storage.WhiteLabel;
using Slotwright.Team;
using Slotwright.WhiteLabel;

namespace Slotwright.Storage;

public static class StorageRegistration
{
    /// <summary>
    /// Everything that stores, and the hosted part that opens it before the silo starts. Reads the sections <c>Storage</c> and
    /// <c>Secrets</c> and <c>ConnectionStrings:Slotwright</c>. <see cref="IClock"/> must be registered too.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var provider = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>()?.Provider ?? Dialect.Sqlite;
        services.AddOptions<StorageOptions>()
            .Bind(configuration.GetSection(StorageOptions.Section))
            .PostConfigure(options =>
            {
                options.ConnectionString ??= configuration.GetConnectionString("Slotwright");
                options.Directory = options.Directory is "" ? DataFolder.Default() : Path.GetFullPath(options.Directory);
            })
            .ValidateOnStart();
        services.AddOptions<SecretsOptions>().Bind(configuration.GetSection(SecretsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsCheck>();
        services.AddSingleton<IValidateOptions<SecretsOptions>, SecretsOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Migrator>();
        services.AddSingleton<IAgendaStore, AgendaStore>();
        services.AddSingleton<IAccountStore, AccountStore>();
        services.AddSingleton<IResellerStore, ResellerStore>();
        services.AddSingleton<IUpkeepStore, UpkeepStore>();
        services.AddSingleton<IActingStore, ActingStore>();
        services.AddSingleton<IWhiteLabelStore, WhiteLabelStore>();
        services.AddSingleton<IHandOverStore, HandOverStore>();
        services.AddSingleton<IOperatorStore, OperatorStore>();
        services.AddSingleton<IDashboardStore, DashboardStore>();
        services.AddSingleton<ISubscriptionStore, SubscriptionStore>();
        services.AddSingleton<ILedgerStore, LedgerStore>();
        services.AddSingleton<IClientStore, ClientStore>();
        services.AddSingleton<IPersonStore, PersonStore>();
        services.AddSingleton<ILoginStore, LoginStore>();
        services.AddSingleton<IFeedStore, FeedStore>();
        services.AddSingleton<IPictureStore, PictureStore>();
        services.AddSingleton<ICustomerStore, CustomerStore>();
        services.AddSingleton<IIds, Ids>();
        services.AddSingleton<ISecrets>(provider => new SealedSecrets(SecretsOptionsCheck.Secret(
            provider.GetRequiredService<IOptions<SecretsOptions>>().Value, provider.GetRequiredService<IOptions<StorageOptions>>().Value)));
        if (provider == Dialect.Sqlite)
        {
            services.AddSingleton<SqliteWriter>();
            services.AddSingleton<SqliteDatabase>();
            services.AddSingleton<SqliteStorage>();
            services.AddSingleton<IDatabase>(provider => provider.GetRequiredService<SqliteDatabase>());
            services.AddSingleton<IAgendaWriter>(provider => provider.GetRequiredService<SqliteWriter>());
            services.AddSingleton<IStorageStart>(provider => provider.GetRequiredService<SqliteStorage>());
            services.AddSingleton<IStorageHealth>(provider => provider.GetRequiredService<SqliteStorage>());
        }

        else
        {
            services.AddSingleton(provider => PostgresStorage.Source(provider.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString!));
            services.AddSingleton<PostgresWriter>();
            services.AddSingleton<PostgresStorage>();
            services.AddSingleton<IDatabase, PostgresDatabase>();
            services.AddSingleton<IAgendaWriter>(provider => provider.GetRequiredService<PostgresWriter>());
            services.AddSingleton<IStorageStart>(provider => provider.GetRequiredService<PostgresStorage>());
            services.AddSingleton<IStorageHealth>(provider => provider.GetRequiredService<PostgresStorage>());
        }

        services.AddSingleton<KeySweep>();
        services.AddSingleton<OldRowsSweep>();
        services.AddSingleton<Verification>();
        services.AddSingleton<Backup>();
        services.AddSingleton<Restore>();
        services.AddHostedService<StorageLifecycle>();
        services.AddHostedService(provider => provider.GetRequiredService<KeySweep>());
        services.AddHostedService(provider => provider.GetRequiredService<OldRowsSweep>());
        return services;
    }

    /// <summary>The grain storage that documents are kept in, on the database of <see cref="AddStorage"/>.</summary>
    public static ISiloBuilder AddDocumentStorage(this ISiloBuilder silo)
    {
        silo.Services.TryAddSingleton<DocumentSerializer>();
        silo.Services.AddOptions<AdoNetGrainStorageOptions>(DocumentStorage.Name).Configure<IServiceProvider>((options, services) =>
        {
            options.Invariant = "Npgsql";
            options.DataSource = services.GetService<NpgsqlDataSource>();
            options.GrainStorageSerializer = services.GetRequiredService<DocumentSerializer>();
        });
        silo.Services.AddGrainStorage(DocumentStorage.Name, (services, name) => new Documents.Documents(
            services.GetRequiredService<IDatabase>() is { Dialect: Dialect.Sqlite } database
                ? new SqliteDocuments(
                    database, services.GetRequiredService<DocumentSerializer>(), services.GetRequiredService<IActivatorProvider>())
                : AdoNetGrainStorageFactory.Create(services, name)));
        return silo;
    }
}
