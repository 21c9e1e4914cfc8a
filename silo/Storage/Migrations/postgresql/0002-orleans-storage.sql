-- Grain documents, as Microsoft.Orleans.Persistence.AdoNet reads and writes them: table columns, parameter names and query keys are its
-- contract, the statements are ours. Each write is one statement, and the unique index makes a grain's first write safe too:
-- of two who write first, the second gets no row, which Orleans reports as an inconsistent state.

create table OrleansQuery (
    QueryKey varchar(64) primary key,
    QueryText varchar(8000) not null
);

create table OrleansStorage (
    GrainIdHash integer not null,
    GrainIdN0 bigint not null,
    GrainIdN1 bigint not null,
    GrainTypeHash integer not null,
    GrainTypeString varchar(512) not null,
    GrainIdExtensionString varchar(512),
    ServiceId varchar(150) not null,
    PayloadBinary bytea,
    ModifiedOn timestamp without time zone not null,
    Version integer not null
);
create unique index OrleansStorage_one_row
    on OrleansStorage (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, coalesce(GrainIdExtensionString, ''));

insert into OrleansQuery (QueryKey, QueryText) values ('WriteToStorageKey', '
    with replaced as (
        update OrleansStorage set PayloadBinary = @PayloadBinary, ModifiedOn = now() at time zone ''utc'', Version = Version + 1
        where ServiceId = @ServiceId and GrainTypeString = @GrainTypeString and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
            and coalesce(GrainIdExtensionString, '''') = coalesce(@GrainIdExtensionString::varchar, '''') and Version = @GrainStateVersion::integer
        returning Version
    ), made as (
        insert into OrleansStorage (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId,
            PayloadBinary, ModifiedOn, Version)
        select @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, @GrainIdExtensionString::varchar, @ServiceId,
            @PayloadBinary, now() at time zone ''utc'', 1
        where @GrainStateVersion::integer is null
        on conflict do nothing
        returning Version
    )
    select Version as NewGrainStateVersion from replaced union all select Version from made');

insert into OrleansQuery (QueryKey, QueryText) values ('ReadFromStorageKey', '
    select PayloadBinary, Version from OrleansStorage
    where ServiceId = @ServiceId and GrainTypeString = @GrainTypeString and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
        and coalesce(GrainIdExtensionString, '''') = coalesce(@GrainIdExtensionString::varchar, '''')');

insert into OrleansQuery (QueryKey, QueryText) values ('ClearStorageKey', '
    update OrleansStorage set PayloadBinary = null, ModifiedOn = now() at time zone ''utc'', Version = Version + 1
    where ServiceId = @ServiceId and GrainTypeString = @GrainTypeString and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
        and coalesce(GrainIdExtensionString, '''') = coalesce(@GrainIdExtensionString::varchar, '''') and Version = @GrainStateVersion::integer
    returning Version as NewGrainStateVersion');

insert into OrleansQuery (QueryKey, QueryText) values ('DeleteStorageKey', '
    delete from OrleansStorage
    where ServiceId = @ServiceId and GrainTypeString = @GrainTypeString and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
        and coalesce(GrainIdExtensionString, '''') = coalesce(@GrainIdExtensionString::varchar, '''') and Version = @GrainStateVersion::integer
    returning Version + 1 as NewGrainStateVersion');
